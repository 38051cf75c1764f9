using static NativeOpt.Cli.Tutorial.Claims.Criterion;

namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>What is said of several adaptive rules in the same words, and tested in the same way.</summary>
internal static class AdaptiveClaims
{
    /// <summary>Quick on many kinds of problems.</summary>
    public static Claim Quick(string source, string optimizer, string words = "quick on a wide range of problems") => new(
        source, optimizer, true, words, "mean training loss as a multiple of the fastest rule's, over twelve races",
        e => e.Race.Factor(optimizer), AtMost(1.5, 2));

    /// <summary>Settings that matter.</summary>
    public static Claim Sensitive(string source, string optimizer, string words = "sensitive to its settings") => new(
        source, optimizer, false, words, "test accuracy that is lost by one setting ten times off the best",
        e => e.Scan.Sensitivity(optimizer), AtLeast(0.1, 0.05));

    /// <summary>At home with noise and rare features.</summary>
    public static Claim Handles(string source, string optimizer, string words = "handles noisy and sparse gradients") => new(
        source, optimizer, true, words, "error under noise and on sparse features against gradient descent, at the best rates; the larger",
        e => e.NoisyAndSparse(optimizer), AtMost(1.25, 2));

    /// <summary>At home where the minimum moves.</summary>
    public static Claim Follows(string source, string optimizer, string words = "handles problems that change") => new(
        source, optimizer, true, words, "error behind a wandering minimum against the best of the seven rules, at the best rates",
        e => e.Tracking(optimizer), AtMost(1.25, 2));

    /// <summary>Slow in large networks.</summary>
    public static Claim SlowWhenLarge(string source, string optimizer) => new(
        source, optimizer, false, "slow with many parameters",
        "place of seven in a network of a hundred thousand weights, mean of usual and best rates",
        e => e.Race.ManyWeights.Average(race => race.PlaceOf(optimizer)), AtLeast(5, 4));

    /// <summary>A rate for each parameter.</summary>
    public static Claim PerParameter(string source, string optimizer, string words = "a rate for each parameter") => new(
        source, optimizer, true, words, "rate of rare features against frequent ones; 1 is one rate for all",
        e => e.Arrays.RareAgainstFrequent[optimizer], AtLeast(1.25, 1.05));
}
