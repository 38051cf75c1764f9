using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>The few operations of optimizer kernels for which the framework's own have other corner cases.</summary>
internal static class VectorMath
{
    /// <summary>Smallest positive float that is not subnormal, 2^-126.</summary>
    public const float SmallestNormal = 1.17549435e-38f;

    private const double SmallestNormalDouble = 2.2250738585072014e-308;

    /// <summary>A scalar in every lane, rounded to the element type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Broadcast<T>(double scalar) where T : unmanaged, INumberBase<T> =>
        Vector.Create(T.CreateTruncating(scalar));

    /// <summary>The larger of each pair; a NaN on either side stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Max<T>(Vector<T> left, Vector<T> right) where T : unmanaged
    {
        Vector<T> larger = Vector.ConditionalSelect(Vector.GreaterThan(left, right), left, right);
        return Vector.ConditionalSelect(Vector.Equals(left, left), larger, left);
    }

    /// <summary>The smaller of each pair; a NaN on either side stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Min<T>(Vector<T> left, Vector<T> right) where T : unmanaged
    {
        Vector<T> smaller = Vector.ConditionalSelect(Vector.LessThan(left, right), left, right);
        return Vector.ConditionalSelect(Vector.Equals(left, left), smaller, left);
    }

    /// <summary>The nearest value in [-limit, limit]; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Clamp<T>(Vector<T> value, Vector<T> limit) where T : unmanaged => Clamp(value, -limit, limit);

    /// <summary>The nearest value in [low, high]; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Clamp<T>(Vector<T> value, Vector<T> low, Vector<T> high) where T : unmanaged
    {
        Vector<T> atLeast = Vector.ConditionalSelect(Vector.LessThan(value, low), low, value);
        return Vector.ConditionalSelect(Vector.GreaterThan(atLeast, high), high, atLeast);
    }

    /// <summary>Whether no lane is infinite or NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreFinite<T>(Vector<T> value) where T : unmanaged, INumberBase<T> =>
        Vector.LessThanOrEqualAll(Vector.Abs(value), Broadcast<T>(LargestOf<T>()));

    /// <summary>The value, or 0 where it is infinite or NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> FiniteOrZero<T>(Vector<T> value) where T : unmanaged, INumberBase<T> => Vector.ConditionalSelect(
        Vector.LessThanOrEqual(Vector.Abs(value), Broadcast<T>(LargestOf<T>())), value, Vector<T>.Zero);

    /// <summary>1 or -1; zeros, NaN and subnormal numbers are kept as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Sign<T>(Vector<T> value) where T : unmanaged, INumberBase<T>
    {
        Vector<T> smallest = Broadcast<T>(typeof(T) == typeof(float) ? SmallestNormal : SmallestNormalDouble);
        return Vector.ConditionalSelect(Vector.GreaterThanOrEqual(value, smallest), Vector<T>.One,
            Vector.ConditionalSelect(Vector.LessThanOrEqual(value, -smallest), -Vector<T>.One, value));
    }

    /// <summary>The largest whole number that is not larger.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Floor<T>(Vector<T> value) where T : unmanaged =>
        typeof(T) == typeof(float)
            ? Vector.As<float, T>(Vector.Floor(Vector.As<T, float>(value)))
            : Vector.As<double, T>(Vector.Floor(Vector.As<T, double>(value)));

    /// <summary>
    /// In single precision with the starting value and the iterations of the native core. Zeros, subnormal floats, infinities and
    /// NaN are kept as they are.
    /// </summary>
    public static Vector<T> CubeRoot<T>(Vector<T> value) where T : unmanaged =>
        typeof(T) == typeof(float)
            ? Vector.As<float, T>(CubeRoot(Vector.As<T, float>(value)))
            : Vector.As<double, T>(CubeRoot(Vector.As<T, double>(value)));

    private static Vector<float> CubeRoot(Vector<float> x)
    {
        Vector<float> third = Vector.Create(1f / 3f);
        Vector<float> size = Vector.Abs(x);
        // The bits of a float grow like its logarithm: a third of them, moved back to the bias, is within 6 percent.
        Vector<int> bits = Vector.ConvertToInt32(Vector.ConvertToSingle(Vector.AsVectorInt32(size)) * third);
        Vector<float> y = Vector.AsVectorSingle(bits + Vector.Create(709921077));
        for (int i = 0; i < 4; i++)
            y = y + (size / (y * y) - y) * third;
        Vector<int> ordinary = Vector.GreaterThanOrEqual(size, Vector.Create(SmallestNormal))
            & Vector.LessThanOrEqual(size, Vector.Create(float.MaxValue));
        return Vector.ConditionalSelect(ordinary, Vector.CopySign(y, x), x);
    }

    private static Vector<double> CubeRoot(Vector<double> x)
    {
        Span<double> lanes = stackalloc double[Vector<double>.Count];
        x.CopyTo(lanes);
        foreach (ref double lane in lanes)
            lane = Math.Cbrt(lane);
        return new Vector<double>(lanes);
    }

    /// <summary>limit * sign(value): 0 for zeros and NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> SignTimes<T>(Vector<T> value, Vector<T> limit) where T : unmanaged =>
        Vector.ConditionalSelect(Vector.GreaterThan(value, Vector<T>.Zero), limit,
            Vector.ConditionalSelect(Vector.LessThan(value, Vector<T>.Zero), -limit, Vector<T>.Zero));

    /// <summary>
    /// Subnormal floats become zeros of their sign, as under the flush-to-zero mode of the native core; without this a slot that
    /// fades away makes every later step many times slower. Doubles are left as they are.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> FlushSubnormals<T>(Vector<T> value) where T : unmanaged
    {
        if (typeof(T) != typeof(float))
            return value;
        Vector<float> x = Vector.As<T, float>(value);
        Vector<int> tiny = Vector.LessThan(Vector.Abs(x), Vector.Create(SmallestNormal));
        return Vector.As<float, T>(Vector.ConditionalSelect(tiny, Vector.CopySign(Vector<float>.Zero, x), x));
    }

    private static double LargestOf<T>() => typeof(T) == typeof(float) ? float.MaxValue : double.MaxValue;
}
