using NativeOpt.Backends.Managed;

namespace NativeOpt.Initializers;

/// <summary>
/// Normal numbers from one stream: element i is the quantile of a probability drawn from word i, so that elements do not depend
/// on each other and no word is rejected. One implementation serves both backends.
/// </summary>
internal static class NormalDeviates
{
    /// <summary>Standard deviation of a standard normal number given that it lies within (-2, 2).</summary>
    public const double TruncatedDeviation = 0.87962566103423978;

    /// <summary>Probability of a standard normal number below -2.</summary>
    private const double LowerTail = 0.022750131948179207;

    /// <summary>Standard normal number <paramref name="index"/> of a stream.</summary>
    public static double At(RandomSource random, long index) => NormalQuantile.At(Fraction(random, index));

    /// <summary>The same within (-2, 2).</summary>
    public static double TruncatedAt(RandomSource random, long index) =>
        NormalQuantile.At(LowerTail + Fraction(random, index) * (1 - 2 * LowerTail));

    /// <summary>Uniform number <paramref name="index"/> of a stream, above 0 and below 1.</summary>
    public static double Fraction(RandomSource random, long index) =>
        (Philox.Block(random.Seed, random.Stream, (ulong)index / 4)[(int)(index % 4)] + 0.5) / (1UL << 32);
}
