using System.Numerics;

namespace NativeOpt.Backends.Managed.Losses;

// Losses of the difference between prediction and target, d = y - t, one element at a time.

/// <summary>d^2; gradient 2 d.</summary>
internal readonly struct SquaredErrorLoss<T> : IElementLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T SlopeFactor => T.CreateTruncating(2);

    public T Value(T y, T t, out T slope)
    {
        slope = y - t;
        return slope * slope;
    }
}

/// <summary>|d|; gradient sign(d).</summary>
internal readonly struct AbsoluteErrorLoss<T> : IElementLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T SlopeFactor => T.One;

    public T Value(T y, T t, out T slope)
    {
        T d = y - t;
        slope = LossMath.Sign(d);
        return T.Abs(d);
    }
}

/// <summary>100 |d| / max(|t|, epsilon); gradient 100 sign(d) / max(|t|, epsilon).</summary>
internal readonly struct PercentageErrorLoss<T>(T epsilon) : IElementLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T SlopeFactor => T.CreateTruncating(100);

    public T Value(T y, T t, out T slope)
    {
        T d = y - t;
        T size = T.Max(T.Abs(t), epsilon);
        slope = LossMath.Sign(d) / size;
        return SlopeFactor * (T.Abs(d) / size);
    }
}

/// <summary>The square of log(1 + max(y, epsilon)) - log(1 + max(t, epsilon)); a y below epsilon has gradient 0.</summary>
internal readonly struct SquaredLogarithmicErrorLoss<T>(T epsilon) : IElementLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T SlopeFactor => T.CreateTruncating(2);

    public T Value(T y, T t, out T slope)
    {
        T limited = T.Max(y, epsilon);
        T d = LossMath.LogOnePlus(limited) - LossMath.LogOnePlus(T.Max(t, epsilon));
        slope = y < epsilon ? T.Zero : d / (T.One + limited);
        return d * d;
    }
}

/// <summary>d^2 / 2 where |d| is at most delta, else delta (|d| - delta / 2); gradient d limited to [-delta, delta].</summary>
internal readonly struct HuberLoss<T>(T delta) : IElementLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T SlopeFactor => T.One;

    public T Value(T y, T t, out T slope)
    {
        T d = y - t;
        T size = T.Abs(d);
        T half = T.CreateTruncating(0.5);
        bool near = size <= delta;
        slope = near ? d : delta * LossMath.Sign(d);
        return near ? half * (d * d) : delta * (size - half * delta);
    }
}

/// <summary>d^2 / (2 beta) where |d| is below beta, else |d| - beta / 2; gradient d / beta limited to [-1, 1]. Beta 0: |d|.</summary>
internal readonly struct SmoothL1Loss<T>(T beta) : IElementLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T SlopeFactor => T.One;

    public T Value(T y, T t, out T slope)
    {
        T d = y - t;
        T size = T.Abs(d);
        T half = T.CreateTruncating(0.5);
        bool near = size < beta;
        slope = near ? d / beta : LossMath.Sign(d);
        return near ? half * (d * d) / beta : size - half * beta;
    }
}

/// <summary>
/// log(cosh d); gradient tanh d. Near 0 it is -log(1 - tanh^2 d) / 2, elsewhere |d| + log(1 + exp(-2 |d|)) - log 2: each where
/// the other one cancels.
/// </summary>
internal readonly struct LogCoshLoss<T> : IElementLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T SlopeFactor => T.One;

    public T Value(T y, T t, out T slope)
    {
        T d = y - t;
        T size = T.Abs(d);
        slope = T.Tanh(d);
        return size < T.One
            ? T.CreateTruncating(-0.5) * LossMath.LogOnePlus(-(slope * slope))
            : size + (LossMath.LogOnePlus(T.Exp(-(size + size))) - T.CreateTruncating(0.69314718055994531));
    }
}

/// <summary>max(1 - t y, 0); gradient -t where it is above 0. NaN is kept.</summary>
internal readonly struct HingeLoss<T>(bool zeroIsMinusOne) : IElementLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T SlopeFactor => T.One;

    public T Value(T y, T t, out T slope)
    {
        T sign = SignOf(t);
        T margin = T.One - sign * y;
        slope = margin > T.Zero ? -sign : T.IsNaN(margin) ? margin : T.Zero;
        return T.Max(margin, T.Zero);
    }

    public T SignOf(T t) => zeroIsMinusOne ? T.CreateTruncating(2) * t - T.One : t;
}

/// <summary>The square of the hinge; gradient -2 t max(1 - t y, 0).</summary>
internal readonly struct SquaredHingeLoss<T>(HingeLoss<T> hinge) : IElementLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T SlopeFactor => T.CreateTruncating(-2);

    public T Value(T y, T t, out T slope)
    {
        T sign = hinge.SignOf(t);
        T margin = T.Max(T.One - sign * y, T.Zero);
        slope = sign * margin;
        return margin * margin;
    }
}
