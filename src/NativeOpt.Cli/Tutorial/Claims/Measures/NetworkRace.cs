namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>All optimizers on the same problems, at the rates of the tutorials and at the best rates, under one seed.</summary>
internal sealed class NetworkRace
{
    /// <summary>What the tutorials' rates are multiplied by in the search for the best one.</summary>
    private static readonly double[] Factors = [0.1, 1, 10, 100], QuickFactors = [1, 10];

    /// <summary>Problems of a wide range, each at the usual rates and at the best ones.</summary>
    public required IReadOnlyList<RaceCase> Cases { get; init; }

    /// <summary>The two cases with the fewest weights, about a hundred.</summary>
    public IEnumerable<RaceCase> FewWeights => Cases.Where(race => race.Problem == Datasets.Iris.Name);

    /// <summary>The two with most weights, about a hundred thousand.</summary>
    public IEnumerable<RaceCase> ManyWeights => Cases.TakeLast(2);

    /// <summary>Runs it.</summary>
    public static NetworkRace Of(ClaimsSettings settings, long seed)
    {
        int epochs = settings.Pick(20, 2), samples = settings.Pick(1000, 200);
        NetworkProblem[] problems =
        [
            NetworkProblem.Iris(3 * epochs), NetworkProblem.Moons(epochs, seed), NetworkProblem.MadeUp(samples, epochs, seed),
            NetworkProblem.Unscaled(samples, epochs, seed), NetworkProblem.Digits(epochs / 2, 32),
            settings.Quick ? NetworkProblem.Digits(1, 48, 48) : NetworkProblem.Digits(5, 256, 256),
        ];
        return new NetworkRace { Cases = [.. problems.SelectMany(RunBoth)] };

        IEnumerable<RaceCase> RunBoth(NetworkProblem problem) =>
        [
            new(problem.Name, AtBestRates: false, RunAll(problem, [1])),
            new(problem.Name, AtBestRates: true, RunAll(problem, settings.Pick(Factors, QuickFactors))),
        ];

        IReadOnlyDictionary<string, NetworkTrial> RunAll(NetworkProblem problem, double[] factors) => TutorialOptimizer.All.ToDictionary(
            optimizer => optimizer.Name,
            optimizer => factors.Select(factor => problem.Run(
                optimizer.At(factor * optimizer.Rule.LearningRate.InitialValue), seed, settings.Backend)).MinBy(trial => trial.MeanLoss)!);
    }

    /// <summary>How many times the mean loss of an optimizer is that of the fastest: geometric mean of all cases.</summary>
    public double Factor(string optimizer) => Math.Exp(Cases.Average(race => Math.Log(race.Factor(optimizer))));

    /// <summary>Share of the cases in which an optimizer learns faster than the middle one of the seven.</summary>
    public double ShareInFasterHalf(string optimizer) => Share(race => race.IsInFasterHalf(optimizer));

    /// <summary>Share of the cases in which one optimizer learns faster than another.</summary>
    public double ShareFaster(string optimizer, string other) =>
        Share(race => race.Trials[optimizer].MeanLoss < race.Trials[other].MeanLoss);

    /// <summary>The largest shortfall of an optimizer's test accuracy at the rate of the tutorials.</summary>
    public double LargestShortfall(string optimizer) => Cases.Where(race => !race.AtBestRates).Max(race => race.Shortfall(optimizer));

    private double Share(Func<RaceCase, bool> holds) => (double)Cases.Count(holds) / Cases.Count;
}
