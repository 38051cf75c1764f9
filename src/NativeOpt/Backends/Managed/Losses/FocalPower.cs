using System.Numerics;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Losses;

/// <summary>q^gamma and its derivative. The usual exponents have no rounding of logarithms.</summary>
internal readonly struct FocalPower<T>(T gamma) where T : unmanaged, IFloatingPointIeee754<T>
{
    private static T Two => T.CreateTruncating(2);

    // The smallest number that the native core does not flush to zero.
    private static T SmallestNormal => T.CreateTruncating(Optimizers.VectorMath.SmallestNormal);

    public T Of(T q)
    {
        if (gamma == T.Zero)
            return T.One;
        if (gamma == T.One || q == T.Zero)
            return q;
        return gamma == Two ? q * q : T.Exp(gamma * T.Log(q));
    }

    /// <summary>
    /// gamma q^(gamma - 1) from q^gamma. At 0 an exponent below 1 would have an infinite slope there, which no caller keeps.
    /// </summary>
    public T Slope(T q, T raised)
    {
        if (gamma == T.Zero)
            return T.Zero;
        if (gamma == T.One)
            return T.One;
        return gamma == Two ? q + q : gamma * (raised / T.Max(q, SmallestNormal));
    }

    /// <summary>The weight of the two classes: t alpha + (1 - t)(1 - alpha), or 1.</summary>
    public static T ClassWeight(in LossSettings<T> settings, T t) => settings.Has(NoptLossFlags.ClassBalancing)
        ? t * settings.Alpha + (T.One - t) * (T.One - settings.Alpha)
        : T.One;
}
