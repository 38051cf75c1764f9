using System.Numerics;

namespace NativeOpt.Backends.Managed.Losses;

/// <summary>Functions that the framework has not, or not with the accuracy near 0.</summary>
internal static class LossMath
{
    /// <summary>log(1 + x): the rounding of 1 + x is divided out (Kahan).</summary>
    public static T LogOnePlus<T>(T x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T u = T.One + x;
        T d = u - T.One;
        return d == T.Zero ? x : T.IsPositiveInfinity(u) ? u : T.Log(u) * (x / d);
    }

    /// <summary>1 or -1; zeros and NaN are kept, and so are subnormal floats, which the native core takes for zeros.</summary>
    public static T Sign<T>(T x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T smallest = typeof(T) == typeof(float) ? T.CreateTruncating(Optimizers.VectorMath.SmallestNormal) : T.Epsilon;
        return x >= smallest ? T.One : x <= -smallest ? -T.One : x;
    }

    /// <summary>1 / (1 + exp(-x)), accurate on both sides; <paramref name="e"/> is exp(-|x|).</summary>
    public static T SigmoidFromExp<T>(T x, T e) where T : unmanaged, IFloatingPointIeee754<T> =>
        (x < T.Zero ? e : T.One) / (T.One + e);
}
