using System.Numerics;

namespace NativeOpt.Backends.Managed.Losses;

/// <summary>Keras keeps probabilities [1e-7, 1 - 1e-7] away from the poles of the logarithm.</summary>
internal static class Probability
{
    private const double Epsilon = 1e-7;

    /// <summary>The nearest allowed probability; NaN stays NaN.</summary>
    public static T Clip<T>(T p) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.Max(T.Min(p, T.CreateTruncating(1 - Epsilon)), T.CreateTruncating(Epsilon));

    /// <summary>Whether <see cref="Clip{T}"/> changes it, so that the loss does not depend on it.</summary>
    public static bool IsClipped<T>(T p) where T : unmanaged, IFloatingPointIeee754<T> =>
        p < T.CreateTruncating(Epsilon) || p > T.CreateTruncating(1 - Epsilon);
}
