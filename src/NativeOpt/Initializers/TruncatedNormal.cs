using NativeOpt.Backends;
using NativeOpt.Initializers;

namespace NativeOpt;

/// <summary>
/// Normal numbers cut off at two standard deviations from the mean, which makes their deviation 0.88 times what is asked for.
/// </summary>
public sealed record TruncatedNormal : Initializer
{
    /// <summary>An initializer of normal numbers without tails.</summary>
    /// <param name="mean">Centre of the distribution, finite; 0 by default.</param>
    /// <param name="standardDeviation">Before the cut, at least 0; 0.05 by default, as in Keras.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public TruncatedNormal(double mean = 0, double standardDeviation = 0.05) => (Mean, StandardDeviation) = (
        Require.Finite(mean, nameof(mean)), Require.NotNegative(standardDeviation, nameof(standardDeviation)));

    /// <summary>Centre of the distribution.</summary>
    public double Mean { get; }

    /// <summary>Its standard deviation before the cut.</summary>
    public double StandardDeviation { get; }

    /// <inheritdoc/>
    public override string ToString() => InitializerText.Write("truncated_normal", ("mean", Mean), ("stddev", StandardDeviation));

    /// <inheritdoc/>
    internal override void Fill(in InitializerTarget target, IBackend backend)
    {
        for (long i = 0; i < target.Count; i++)
            target.Write(i, Mean + StandardDeviation * NormalDeviates.TruncatedAt(target.Random, i));
    }
}
