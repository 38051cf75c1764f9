using System.Globalization;

namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>
/// When a measured number speaks for a claim, and when against it. In between it says nothing. A claim is supported where the numbers of
/// four seeds of five speak for it, not supported where so many speak against it, and depends otherwise.
/// </summary>
/// <param name="For">The limit of what speaks for it.</param>
/// <param name="Against">The limit of what speaks against it.</param>
internal sealed record Criterion(double For, double Against)
{
    /// <summary>Large numbers speak for it.</summary>
    /// <param name="limit">From here on.</param>
    /// <param name="against">Up to here they speak against it; null: below the limit.</param>
    public static Criterion AtLeast(double limit, double? against = null) => new(limit, against ?? Math.BitDecrement(limit));

    /// <summary>Small numbers speak for it.</summary>
    /// <param name="limit">Up to here.</param>
    /// <param name="against">From here on they speak against it; null: above the limit.</param>
    public static Criterion AtMost(double limit, double? against = null) => new(limit, against ?? Math.BitIncrement(limit));

    /// <summary>The verdict of a sample. A number that is not finite counts as infinitely large.</summary>
    public Verdict Judge(Sample sample)
    {
        bool isLargeGood = For > Against;
        return Verdicts.Of(
            sample.Count(value => isLargeGood ? !(value < For) : value <= For),
            sample.Count(value => isLargeGood ? value <= Against : !(value < Against)), sample.Values.Count);
    }

    /// <summary>"supported from 0.75, not supported up to 0.25".</summary>
    public override string ToString()
    {
        (string near, string far) = For > Against ? ("from", "up to") : ("up to", "from");
        bool hasGap = Math.Abs(For - Against) > 1e-9;
        return $"supported {near} {Text(For)}" + (hasGap ? $", not supported {far} {Text(Against)}" : "");

        static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
    }
}
