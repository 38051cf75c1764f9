using static NativeOpt.Cli.Tutorial.Claims.AdaptiveClaims;
using static NativeOpt.Cli.Tutorial.Claims.Criterion;

namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>What is said of RMSprop and Adam.</summary>
internal static class AdamClaims
{
    private const string Rmsprop = "RMSprop", Adam = "Adam";

    /// <summary>The claims.</summary>
    public static IReadOnlyList<Claim> All { get; } = [.. OfRmsprop(), .. OfAdam()];

    private static IEnumerable<Claim> OfRmsprop() =>
    [
        new("A", Rmsprop, true, "efficient", "share of the other rules that need as much state or more",
            e => StateMeasure.ShareOfOthers(Rmsprop, other => e.Bytes(other) >= e.Bytes(Rmsprop)), AtLeast(0.75, 0.25)),
        new("A", Rmsprop, true, "easy to implement", "share of the other rules that have as many settings or more",
            _ => StateMeasure.ShareOfOthers(Rmsprop, other => StateMeasure.SettingCount(other) >= StateMeasure.SettingCount(Rmsprop)),
            AtLeast(0.75, 0.25)),
        Quick("A", Rmsprop),
        Follows("A", Rmsprop, "handles non-stationary problems"),
        PerParameter("D", Rmsprop),
        new("B", Rmsprop, true, "its rate falls gradually", "rate at the end of a training against its beginning, under steady noise",
            e => e.RateLeft(Rmsprop), AtMost(0.5, 0.9)),
        new("C", Rmsprop, true, "its rate is stable", "how much the rate changes in a training under steady noise, as a factor",
            e => Math.Max(e.RateLeft(Rmsprop), 1 / e.RateLeft(Rmsprop)), AtMost(2, 4)),
        Sensitive("A", Rmsprop),
        new("A", Rmsprop, false, "suffers from noisy and sparse gradients",
            "error under noise and on sparse features against gradient descent, at the best rates; the larger",
            e => e.NoisyAndSparse(Rmsprop), AtLeast(2, 1.25)),
        new("C", Rmsprop, false, "its decay must be tuned", "test accuracy that is lost by a decay of 0 or 0.99, at the best rate",
            e => e.Scan.MemorySensitivity(Rmsprop), AtLeast(0.05, 0.02)),
    ];

    private static IEnumerable<Claim> OfAdam() =>
    [
        new("A", Adam, true, "needs less memory than the others", "share of the other rules that need more state",
            e => StateMeasure.ShareOfOthers(Adam, other => e.Bytes(other) > e.Bytes(Adam)), AtLeast(0.75, 0.25)),
        new("C", Adam, false, "costs some memory", "bytes of state for each weight, more than gradient descent",
            e => e.Bytes(Adam) - e.Bytes("SGD"), AtLeast(4, 0)),
        Handles("A", Adam),
        new("B", Adam, true, "suits sparse gradients", "error on sparse features against gradient descent, at the best rates",
            e => e.SparseAgainstDescent(Adam), AtMost(1, 1.25)),
        Follows("B", Adam, "suits non-stationary problems"),
        PerParameter("A, B", Adam),
        Quick("A", Adam),
        Quick("C", Adam, "fast"),
        new("B", Adam, true, "cures slow convergence", "share of twelve races in which its loss falls sooner than with gradient descent",
            e => e.Race.ShareFaster(Adam, "SGD"), AtLeast(0.75, 0.25)),
        new("B, C", Adam, true, "robust",
            "test accuracy below the best rule's at the rates of the tutorials, on the worst of four problems",
            e => e.Race.LargestShortfall(Adam), AtMost(0.05, 0.1)),
        new("C", Adam, true, "helps over saddle points", "steps past a saddle against gradient descent, at the best rates",
            e => (double)e.Landscape.SaddleSteps[Adam] / e.Landscape.SaddleSteps["SGD"], AtMost(0.5, 1)),
        Sensitive("A", Adam),
        new("A", Adam, false, "ends in poor minima where functions are not convex",
            "share of random starts that miss the lowest of four wells", e => 1 - e.Landscape.LowestWell[Adam].Still, AtLeast(0.25)),
    ];
}
