namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>The digits, learnt with other settings, under one seed.</summary>
/// <param name="settings">How long.</param>
/// <param name="seed">Decides first weights and orders.</param>
internal sealed class SettingScan(ClaimsSettings settings, long seed)
{
    private static readonly double[] Decades = [1e-4, 1e-3, 1e-2, 1e-1, 1, 10];
    private static readonly int[] BatchSizes = [1, 8, 32, 128, 512];

    private readonly NetworkProblem _problem = NetworkProblem.Digits(settings.Pick(10, 2), 32).FirstRows(settings.Pick(1442, 150));
    private readonly Dictionary<(string, int), NetworkTrial> _trials = [];

    /// <summary>Training loss afterwards with a rule, as a share of the one before; infinite where it diverged.</summary>
    public double Left(OptimizerRule rule) => Train(rule).Left;

    /// <summary>
    /// Test accuracy that is lost by one setting that is wrong ten times, against the best rate: the rate itself, or what the rule
    /// forgets in a step (1 - momentum, 1 - beta, 1 - rho).
    /// </summary>
    public double Sensitivity(string optimizer)
    {
        OptimizerRule best = BestRule(optimizer);
        double rate = best.LearningRate.InitialValue;
        OptimizerRule[] variants =
            [TutorialOptimizer.Of(optimizer).At(rate / 10), TutorialOptimizer.Of(optimizer).At(rate * 10), .. OtherMemories(best)];
        return Accuracy(best) - variants.Min(rule => Accuracy(rule));
    }

    /// <summary>Test accuracy that is lost by a momentum, beta or rho that is wrong, at the best rate.</summary>
    public double MemorySensitivity(string optimizer)
    {
        OptimizerRule best = BestRule(optimizer);
        return Accuracy(best) - OtherMemories(best).Min(rule => Accuracy(rule));
    }

    /// <summary>The best of a few batch sizes minus the worst, in test accuracy, at the best rate for 32.</summary>
    public double BatchSensitivity(string optimizer)
    {
        OptimizerRule best = BestRule(optimizer);
        double[] accuracies = [.. BatchSizes.Select(size => Accuracy(best, size))];
        return accuracies.Max() - accuracies.Min();
    }

    private static IEnumerable<OptimizerRule> OtherMemories(OptimizerRule rule) => rule switch
    {
        Sgd { Momentum: > 0 } sgd => [sgd with { Momentum = 0 }, sgd with { Momentum = 0.99 }],
        RMSprop rms => [rms with { Rho = 0 }, rms with { Rho = 0.99 }],
        Adadelta delta => [delta with { Rho = 0.5 }, delta with { Rho = 0.995 }],
        Adam adam => [adam with { Beta1 = 0 }, adam with { Beta1 = 0.99 }, adam with { Beta2 = 0.99 }, adam with { Beta2 = 0.9999 }],
        _ => [],
    };

    private OptimizerRule BestRule(string optimizer) =>
        Decades.Select(rate => TutorialOptimizer.Of(optimizer).At(rate)).MaxBy(rule => Accuracy(rule))!;

    private double Accuracy(OptimizerRule rule, int batchSize = 32) => Train(rule, batchSize).TestAccuracy;

    private NetworkTrial Train(OptimizerRule rule, int batchSize = 32)
    {
        (string, int) key = (rule.ToString(), batchSize);
        if (!_trials.TryGetValue(key, out NetworkTrial? trial))
            _trials[key] = trial = _problem.Run(rule, seed, settings.Backend, batchSize);
        return trial;
    }
}
