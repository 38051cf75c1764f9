namespace NativeOpt.Tests.Optimizers.Convergence;

/// <summary>For every optimizer the learning rate and the budget of steps on each problem.</summary>
internal static class ConvergenceTable
{
    public static readonly IReadOnlyDictionary<string, Row> Rows = CreateRows();

    /// <summary>An optimizer on the problems: a learning rate and a number of steps each.</summary>
    public sealed record Row((double Rate, int Steps) Bowl, (double, int) Ravine, (double, int) Logistic, (double, int) Rosenbrock)
    {
        /// <summary>The settings; the learning rate is that of the problem.</summary>
        public OptimizerRule Rule { get; init; } = new Sgd();

        public IEnumerable<(string Problem, double Rate, int Steps)> Cells =>
            new[] { Bowl, Ravine, Logistic, Rosenbrock }.Zip(ConvergenceProblem.All.Keys, (cell, name) => (name, cell.Item1, cell.Item2));
    }

    private static Dictionary<string, Row> CreateRows()
    {
        var rows = new Dictionary<string, Row>
        {
            ["sgd"] = new((0.5, 15), (0.02, 45), (5, 15), (0.002, 600)),
            ["lookahead"] = new((0.5, 36), (0.02, 96), (5, 36), (0.002, 1300)),
            ["momentum"] = new((0.005, 90), (0.001, 85), (0.1, 35), (0.002, 50)),
            ["nesterov"] = new((0.5, 15), (0.01, 35), (0.2, 25), (0.001, 120)),
            ["rmsprop"] = new((0.1, 35), (0.1, 25), (0.2, 15), (0.01, 400)),
            ["adam"] = new((0.05, 85), (0.05, 60), (0.2, 20), (0.05, 500)),
            ["adamw"] = new((0.05, 85), (0.05, 60), (0.2, 20), (0.1, 350)),
            ["adagrad"] = new((1, 15), (1, 15), (2, 15), (2, 20)),
            ["adadelta"] = new((20, 210), (20, 140), (20, 160), (1, 1450)),
            ["adamax"] = new((0.1, 85), (0.1, 40), (0.2, 25), (0.2, 750)),
            ["adamaxw"] = new((0.1, 85), (0.1, 40), (0.2, 25), (0.2, 750)),
            ["nadam"] = new((0.1, 80), (0.1, 40), (0.2, 25), (0.05, 450)),
            ["nadamw"] = new((0.05, 85), (0.1, 50), (0.2, 20), (0.05, 450)),
            ["radam"] = new((0.2, 60), (0.05, 130), (0.2, 120), (0.005, 850)),
            ["rprop"] = new((0.02, 35), (0.05, 25), (0.1, 20), (0.01, 220)),
            ["asgd"] = new((0.5, 15), (0.02, 45), (5, 15), (0.002, 600)),
            ["ftrl"] = new((1, 15), (1, 10), (2, 15), (2, 20)),
            ["lion"] = new((0.02, 350), (0.1, 65), (0.2, 75), (0.01, 260)),
            ["sign_sgd"] = new((0.02, 130), (0.1, 30), (0.2, 20), (0.002, 1200)),
            ["signum"] = new((0.02, 180), (0.02, 120), (0.05, 55), (0.05, 130)),
            ["optimistic_adam"] = new((0.1, 70), (0.1, 50), (0.2, 20), (0.02, 900)),
            ["amsgrad"] = new((0.1, 85), (0.1, 40), (0.2, 25), (0.2, 1000)),
            ["yogi"] = new((0.05, 85), (0.05, 60), (0.2, 20), (0.2, 220)),
            ["madgrad"] = new((0.01, 95), (0.01, 60), (0.1, 50), (0.01, 200)),
            ["schedule_free_sgd"] = new((0.5, 25), (0.1, 20), (2, 30), (0.005, 140)),
            ["schedule_free_adamw"] = new((1, 20), (0.5, 20), (1, 15), (0.2, 290)),
            ["adabelief"] = new((0.02, 95), (0.02, 75), (0.1, 25), (0.05, 500)),
            ["adan"] = new((1, 220), (0.5, 160), (0.05, 60), (0.5, 110)),
            ["ademamix"] = new((0.05, 100), (0.05, 55), (0.2, 20), (0.1, 350)),
            ["adopt"] = new((0.1, 95), (0.1, 50), (0.5, 25), (0.5, 400)),
            ["lamb"] = new((0.01, 210), (0.02, 75), (0.05, 130), (0.01, 3400)),
            ["lars"] = new((5, 80), (5, 65), (20, 55), (5, 230)),
            ["novograd"] = new((0.01, 85), (0.02, 60), (0.05, 25), (0.01, 90)),
            ["fromage"] = new((0.02, 85), (0.05, 35), (0.1, 60), (0.02, 1350)),
            ["prodigy"] = new((2, 120), (0.2, 160), (1, 75), (2, 400)),
            ["adafactor"] = new((0.1, 40), (0.1, 35), (0.2, 40), (0.5, 1000)),
            ["muon"] = new((0.1, 230), (0.1, 170), (0.2, 70), (0.1, 310)),
            ["sm3"] = new((0.5, 80), (0.5, 55), (1, 20), (2, 170)),
            ["dadapt_adamw"] = new((0.5, 150), (0.5, 110), (1, 55), (0.2, 1600)),
        };
        return rows.ToDictionary(row => row.Key, row => row.Value with { Rule = OptimizerRule.FromName(row.Key) });
    }
}
