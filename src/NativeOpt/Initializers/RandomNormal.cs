using NativeOpt.Backends;
using NativeOpt.Initializers;

namespace NativeOpt;

/// <summary>Normal numbers.</summary>
public sealed record RandomNormal : Initializer
{
    /// <summary>An initializer of normal numbers.</summary>
    /// <param name="mean">Centre of the distribution, finite; 0 by default.</param>
    /// <param name="standardDeviation">At least 0; 0.05 by default, as in Keras.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public RandomNormal(double mean = 0, double standardDeviation = 0.05) => (Mean, StandardDeviation) = (
        Require.Finite(mean, nameof(mean)), Require.NotNegative(standardDeviation, nameof(standardDeviation)));

    /// <summary>Centre of the distribution.</summary>
    public double Mean { get; }

    /// <summary>Its standard deviation.</summary>
    public double StandardDeviation { get; }

    /// <inheritdoc/>
    public override string ToString() => InitializerText.Write("random_normal", ("mean", Mean), ("stddev", StandardDeviation));

    /// <inheritdoc/>
    internal override void Fill(in InitializerTarget target, IBackend backend)
    {
        for (long i = 0; i < target.Count; i++)
            target.Write(i, Mean + StandardDeviation * NormalDeviates.At(target.Random, i));
    }
}
