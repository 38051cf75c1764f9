using static NativeOpt.Cli.Tutorial.Claims.Criterion;

namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>What is said of gradient descent, on all rows and on a few.</summary>
internal static class DescentClaims
{
    private const string Batch = "Gradient descent, all rows", Stochastic = "Stochastic gradient descent", Mini = "Mini-batches";

    /// <summary>The claims.</summary>
    public static IReadOnlyList<Claim> All { get; } = [.. OfBatches(), .. OfStochastic(), .. OfRates()];

    private static IEnumerable<Claim> OfBatches() =>
    [
        new("A, C", Batch, true, "simple", "share of the other rules with more settings or more state",
            _ => StateMeasure.ShareOfOthers("SGD", other => StateMeasure.SettingCount(other) > StateMeasure.SettingCount("SGD")),
            AtLeast(0.75, 0.25)),
        new("A", Batch, true, "works for small and for large data",
            "test accuracy against batches of 32 after as many passes, at the best rates; the lower one of Iris and digits",
            e => Math.Min(e.Batches.FullAgainstMini.Small, e.Batches.FullAgainstMini.Large), AtLeast(0.97, 0.9)),
        new("A", Batch, true, "combines with other techniques",
            "share of momentum, schedule, clipping, weight decay, averaging and L2 with which the loss falls below a half",
            e => e.Batches.Combinable, AtLeast(0.8, 0.5)),
        new("A", Batch, false, "gets stuck in local minima", "share of random starts that miss the lowest of four wells",
            e => 1 - e.Landscape.LowestWell["SGD"].Still, AtLeast(0.25)),
        new("A", Batch, false, "slow in many dimensions",
            "steps to a ten-thousandth of the loss with 1000 weights against 10, same curvatures",
            e => (double)e.Arrays.StepsByLength.Many / e.Arrays.StepsByLength.Few, AtLeast(2, 1.25)),
        new("A", Batch, false, "slow on functions that are not convex", "steps in Rosenbrock's valley against a bowl, at the best rates",
            e => (double)e.Landscape.DescentSteps.Valley / e.Landscape.DescentSteps.Bowl, AtLeast(3, 1.25)),
        new("C", Batch, true, "stable", "share of the steps after which the loss is higher",
            e => e.Batches.Full.Rising, AtMost(0.05, 0.2)),
        new("C", Batch, false, "slow for large data", "loss that is left against batches of 32, after as many passes, at the best rates",
            e => e.Batches.Full.Left / e.Batches.Mini.Left, AtLeast(2, 1.1)),
    ];

    private static IEnumerable<Claim> OfStochastic() =>
    [
        new("A, D", Stochastic, true, "converges faster than on all rows",
            "loss that is left with batches of 32 against all rows, after as many passes, at the best rates",
            e => e.Batches.Mini.Left / e.Batches.Full.Left, AtMost(0.8, 1)),
        new("A", Stochastic, true, "for large data and online learning",
            "test accuracy after seeing each row once, against ten passes over a tenth of the rows", e => e.Batches.OnlineAgainstMany,
            AtLeast(0.97, 0.9)),
        new("A, C", Stochastic, true, "noise helps out of local minima",
            "share of random starts that find the lowest of four wells: with noise minus without",
            e => e.Landscape.LowestWell["SGD"].Noisy - e.Landscape.LowestWell["SGD"].Still, AtLeast(0.05, 0)),
        new("A", Stochastic, false, "sensitive to learning rate and batch size",
            "test accuracy that is lost by a rate ten times off, or by the worst batch size from 1 to 512; the smaller one",
            e => Math.Min(e.Scan.Sensitivity("SGD"), e.Scan.BatchSensitivity("SGD")), AtLeast(0.1, 0.05)),
        new("A, C, D", Stochastic, false, "noisy updates, less stable",
            "share of the steps of one row after which the loss of all rows is higher", e => e.Batches.Single.Rising, AtLeast(0.2, 0.05)),
        new("C", Stochastic, true, "fast updates", "loss that is left after one pass, one row a step against all rows, at the best rates",
            e => e.Batches.Single.LeftAfterOne / e.Batches.Full.LeftAfterOne, AtMost(0.8, 1)),
        new("C", Stochastic, false, "slow", "share of twelve races in which it is slower than the middle one of the seven rules",
            e => 1 - e.Race.ShareInFasterHalf("SGD"), AtLeast(0.75, 0.25)),
        new("C", Mini, true, "fast", "loss that is left against one row a step, after as many passes, at the best rates",
            e => e.Batches.Mini.Left / e.Batches.Single.Left, AtMost(1.25, 2)),
        new("C", Mini, true, "stable", "share of the steps after which the loss is higher, against steps of one row",
            e => e.Batches.Mini.Rising / e.Batches.Single.Rising, AtMost(0.75, 1)),
    ];

    private static IEnumerable<Claim> OfRates() =>
    [
        new("C", "Learning rate", false, "too large: divergence", "loss of gradient descent at a rate of 10, against the one before",
            e => e.Scan.Left(new Sgd { LearningRate = 10 }), AtLeast(1, 0.5)),
        new("B, C", "Learning rate", false, "too small: slow", "loss that is left at 0.0001, against 0.1",
            e => e.Scan.Left(new Sgd { LearningRate = 1e-4 }) / e.Scan.Left(new Sgd { LearningRate = 0.1 }), AtLeast(2, 1.1)),
    ];
}
