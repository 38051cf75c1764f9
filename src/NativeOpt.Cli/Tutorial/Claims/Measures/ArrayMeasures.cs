namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>What the optimizers do with problems on plain arrays, under one seed.</summary>
internal sealed class ArrayMeasures
{
    /// <summary>The best trial of each optimizer on sparse features.</summary>
    public required IReadOnlyDictionary<string, ArrayTrial> Sparse { get; init; }

    /// <summary>Its best trial under noise.</summary>
    public required IReadOnlyDictionary<string, ArrayTrial> Noisy { get; init; }

    /// <summary>Its best trial where the minimum wanders.</summary>
    public required IReadOnlyDictionary<string, ArrayTrial> Wandering { get; init; }

    /// <summary>Its trial under noise at the rate of the tutorials.</summary>
    public required IReadOnlyDictionary<string, ArrayTrial> Usual { get; init; }

    /// <summary>How much faster rare features are learnt from than frequent ones: their rates in the sparse trial, as a ratio.</summary>
    public required IReadOnlyDictionary<string, double> RareAgainstFrequent { get; init; }

    /// <summary>Steps of gradient descent to a ten-thousandth of the loss: few weights, and a hundred times as many.</summary>
    public required (int Few, int Many) StepsByLength { get; init; }

    /// <summary>Measures everything.</summary>
    public static ArrayMeasures Of(ClaimsSettings settings, long seed)
    {
        const int length = 32, features = 128, few = 10, many = 1000;
        const double noise = 5, condition = 30, trackedNoise = 0.5;
        int steps = settings.Pick(1500, 120);
        Func<SparseRegression> sparse = SparseRegression.Prepare(features, steps, seed);
        SparseRegression problem = sparse();
        var bySparse = Best(sparse);
        return new ArrayMeasures
        {
            Sparse = bySparse,
            Noisy = Best(() => new Quadratic(length, condition, seed) { Noise = noise }),
            Wandering = Best(() => new Quadratic(length, condition, seed) { Noise = trackedNoise, Period = 0.5 * steps }),
            Usual = Each(optimizer => ArrayTrial.Run(
                new Quadratic(length, condition, seed) { Noise = noise }, optimizer.Rule, steps, settings.Backend)),
            RareAgainstFrequent = bySparse.ToDictionary(
                pair => pair.Key, pair => pair.Value.RateOf(problem.IsRare) / pair.Value.RateOf(problem.IsFrequent)),
            StepsByLength = (StepsTo(few), StepsTo(many)),
        };

        Dictionary<string, ArrayTrial> Best(Func<ArrayProblem> create) =>
            Each(optimizer => ArrayTrial.RunBest(create, optimizer, steps, settings.Backend));

        int StepsTo(int weights) => CountSteps(new Quadratic(weights, condition, seed), 2 / (1 + condition), settings.Backend);
    }

    private static Dictionary<string, ArrayTrial> Each(Func<TutorialOptimizer, ArrayTrial> run) =>
        TutorialOptimizer.All.ToDictionary(optimizer => optimizer.Name, run);

    private static int CountSteps(Quadratic problem, double rate, BackendKind backend)
    {
        const int limit = 10_000;
        float[] weights = new float[problem.Length], gradient = new float[problem.Length];
        using var optimizer = new Optimizer(new Sgd { LearningRate = rate }, backend);
        int steps = 0;
        for (; steps < limit && problem.Error(weights) > 1e-4; steps++)
        {
            problem.NextGradient(weights, gradient);
            optimizer.Step(weights, gradient);
        }
        return steps;
    }
}
