using System.Numerics;

namespace NativeOpt.Backends.Managed.Losses;

/// <summary>
/// y - t log(y + epsilon); gradient 1 - t / (y + epsilon). Of logarithms: exp(y) - t y; gradient exp(y) - t. Full: with
/// Stirling's approximation of log(t!) where t is above 1.
/// </summary>
internal readonly struct PoissonLoss<T>(T epsilon, bool logInput, bool full) : IElementLoss<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T SlopeFactor => T.One;

    public T Value(T y, T t, out T slope)
    {
        T constant = full && t > T.One ? Stirling(t) : T.Zero;
        if (logInput)
        {
            T e = T.Exp(y);
            slope = e - t;
            return e - t * y + constant;
        }
        T shifted = y + epsilon;
        slope = T.One - t / shifted;
        return y - t * T.Log(shifted) + constant;
    }

    private static T Stirling(T t) => t * T.Log(t) - t + T.CreateTruncating(0.5) * T.Log(T.Tau * t);
}

/// <summary>t log(t / y), both limited to [epsilon, 1]; gradient -t / y, 0 where y was limited.</summary>
internal readonly struct DivergenceLoss<T>(T epsilon) : IElementLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T SlopeFactor => -T.One;

    public T Value(T y, T t, out T slope)
    {
        T target = T.Max(T.Min(t, T.One), epsilon);
        T p = T.Max(T.Min(y, T.One), epsilon);
        slope = y < epsilon || y > T.One ? T.Zero : target / p;
        return target * T.Log(target / p);
    }
}

/// <summary>t (log t - y), 0 where t is 0; gradient -t. Of logarithms: exp(t) (t - y).</summary>
internal readonly struct LogDivergenceLoss<T>(bool logTargets) : IElementLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T SlopeFactor => -T.One;

    public T Value(T y, T t, out T slope)
    {
        slope = logTargets ? T.Exp(t) : t;
        // y - y: NaN stays NaN.
        return logTargets ? slope * (t - y) : t == T.Zero ? y - y : t * (T.Log(t) - y);
    }
}
