using System.Numerics;

namespace NativeOpt.Backends.Managed.Activations;

// Activations of + - * / and sqrt alone, in the order of the native core: the same bits. Comparisons are such that NaN is not
// taken for a flat side, and derivatives at a corner are PyTorch's.

/// <summary>The derivative of max(x, 0); its values come from the framework.</summary>
internal readonly struct ReluSlope : ISlope
{
    public static T Slope<T>(T v, T dy, T p) where T : unmanaged, IFloatingPointIeee754<T> => v <= T.Zero ? T.Zero : dy;
}

/// <summary>min(max(x, 0), p).</summary>
internal readonly struct CappedRelu : IActivation
{
    public static T Value<T>(T x, T p) where T : unmanaged, IFloatingPointIeee754<T> => Pieces.Clamp(x, T.Zero, p);

    public static T Slope<T>(T v, T dy, T p) where T : unmanaged, IFloatingPointIeee754<T> => Pieces.Inside(v, T.Zero, p, dy);
}

/// <summary>x > 0: x; else p x. The sign of y is that of x.</summary>
internal readonly struct LeakyRelu : IActivation
{
    public static T Value<T>(T x, T p) where T : unmanaged, IFloatingPointIeee754<T> => x > T.Zero ? x : x * p;

    public static T Slope<T>(T v, T dy, T p) where T : unmanaged, IFloatingPointIeee754<T> => v <= T.Zero ? dy * p : dy;
}

/// <summary>min(max(x + 3, 0), 6) / 6; derivative 1/6 as PyTorch has it, a number of single precision also in double.</summary>
internal readonly struct HardSigmoid : IActivation
{
    public static T Value<T>(T x, T p) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T six = T.CreateTruncating(6);
        return Pieces.Clamp(x + T.CreateTruncating(3), T.Zero, six) / six;
    }

    public static T Slope<T>(T v, T dy, T p) where T : unmanaged, IFloatingPointIeee754<T> =>
        Pieces.Inside(v, T.Zero, T.One, dy * T.CreateTruncating(1 / 6f));
}

/// <summary>x min(max(x + 3, 0), 6) / 6; derivative x / 3 + 1/2 in [-3, 3).</summary>
internal readonly struct HardSilu : IActivation
{
    public static T Value<T>(T x, T p) where T : unmanaged, IFloatingPointIeee754<T> => Pieces.Faded(x, HardSigmoid.Value(x, p));

    public static T Slope<T>(T v, T dy, T p) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T three = T.CreateTruncating(3);
        if (v < -three)
            return T.Zero;
        return v >= three ? dy : dy * (v / three + T.CreateTruncating(0.5));
    }
}

/// <summary>min(max(x, -1), 1).</summary>
internal readonly struct HardTanh : IActivation
{
    public static T Value<T>(T x, T p) where T : unmanaged, IFloatingPointIeee754<T> => Pieces.Clamp(x, -T.One, T.One);

    public static T Slope<T>(T v, T dy, T p) where T : unmanaged, IFloatingPointIeee754<T> => Pieces.Inside(v, -T.One, T.One, dy);
}

/// <summary>x / (1 + |x|); derivative (1 - |y|)^2. Infinity would become NaN.</summary>
internal readonly struct Softsign : IActivation
{
    public static T Value<T>(T x, T p) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T largest = T.CreateTruncating(typeof(T) == typeof(float) ? float.MaxValue : double.MaxValue);
        T finite = Pieces.Clamp(x, -largest, largest);
        return finite / (T.One + T.Abs(finite));
    }

    public static T Slope<T>(T v, T dy, T p) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T rest = T.One - T.Abs(v);
        return dy * (rest * rest);
    }
}

/// <summary>x moved towards 0 by p, and 0 in [-p, p].</summary>
internal readonly struct SoftShrink : IActivation
{
    public static T Value<T>(T x, T p) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.Abs(x) <= p ? T.Zero : x - T.CopySign(p, x);

    public static T Slope<T>(T v, T dy, T p) where T : unmanaged, IFloatingPointIeee754<T> => v == T.Zero ? T.Zero : dy;
}

/// <summary>x, and 0 in [-p, p].</summary>
internal readonly struct HardShrink : IActivation
{
    public static T Value<T>(T x, T p) where T : unmanaged, IFloatingPointIeee754<T> => T.Abs(x) <= p ? T.Zero : x;

    public static T Slope<T>(T v, T dy, T p) where T : unmanaged, IFloatingPointIeee754<T> => SoftShrink.Slope(v, dy, p);
}

/// <summary>(x + sqrt(x^2 + p)) / 2; derivative y^2 / (y^2 + p / 4).</summary>
internal readonly struct Squareplus : IActivation
{
    public static T Value<T>(T x, T p) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T half = T.CreateTruncating(0.5);
        T size = T.Abs(x);
        T root = T.Sqrt(x * x + p);
        if (T.IsInfinity(root)) // x^2 overflowed
            root = size;
        // Below 0 the sum x + root would cancel.
        return x < T.Zero ? p * half / (size + root) : size * half + root * half;
    }

    public static T Slope<T>(T v, T dy, T p) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T ratio = p * T.CreateTruncating(0.25) / v / v;
        return v == T.Zero ? T.Zero : dy / (T.One + ratio);
    }
}

/// <summary>y (1 - y), the derivative of the logistic function; its values come from the framework.</summary>
internal readonly struct SigmoidSlope : ISlope
{
    public static T Slope<T>(T v, T dy, T p) where T : unmanaged, IFloatingPointIeee754<T> => dy * (v * (T.One - v));
}

/// <summary>1 - y^2, the derivative of tanh; its values come from the framework.</summary>
internal readonly struct TanhSlope : ISlope
{
    public static T Slope<T>(T v, T dy, T p) where T : unmanaged, IFloatingPointIeee754<T> => dy * (T.One - v * v);
}

/// <summary>y, the derivative of exp; its values come from the framework.</summary>
internal readonly struct ExponentialSlope : ISlope
{
    public static T Slope<T>(T v, T dy, T p) where T : unmanaged, IFloatingPointIeee754<T> => dy * v;
}

/// <summary>What several of them do.</summary>
internal static class Pieces
{
    /// <summary>The nearest value in [low, high]; NaN stays.</summary>
    public static T Clamp<T>(T v, T low, T high) where T : unmanaged, IFloatingPointIeee754<T>
    {
        v = v < low ? low : v;
        return v > high ? high : v;
    }

    /// <summary>dy where y is between low and high, or NaN; else 0.</summary>
    public static T Inside<T>(T y, T low, T high, T dy) where T : unmanaged, IFloatingPointIeee754<T> =>
        y <= low || y >= high ? T.Zero : dy;

    /// <summary>x s for a factor s that fades away where x is large: 0 where s is, also for an infinite x.</summary>
    public static T Faded<T>(T x, T s) where T : unmanaged, IFloatingPointIeee754<T> => s == T.Zero ? T.Zero : x * s;
}
