using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers.Matrix;

/// <summary>Sixteen numbers, one for each position in a line of that many, whatever the width of vectors.</summary>
[InlineArray(LineLanes.Count)]
internal struct LineLanes<T> where T : unmanaged
{
    private T _first;

    /// <summary>The vector that begins at <paramref name="lane"/>.</summary>
    [UnscopedRef]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Vector<T> Vector(int lane) => ref Unsafe.As<T, Vector<T>>(ref Unsafe.Add(ref _first, lane));
}

/// <summary>The constants of <see cref="LineLanes{T}"/>.</summary>
internal static class LineLanes
{
    public const int Count = 16;
}

/// <summary>Partial sums, added as a tree at the end: the order of the native core.</summary>
internal struct LineSum<T> where T : unmanaged, INumberBase<T>
{
    private LineLanes<T> _sums;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int lane, Vector<T> value) => _sums.Vector(lane) += value;

    public T Total()
    {
        for (int width = LineLanes.Count / 2; width > 0; width /= 2)
            for (int i = 0; i < width; i++)
                _sums[i] += _sums[i + width];
        return _sums[0];
    }
}

/// <summary>Partial maxima of numbers that are not negative; NaN wins.</summary>
internal struct LineMax<T> where T : unmanaged, INumber<T>
{
    private LineLanes<T> _maxima;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int lane, Vector<T> value) => _maxima.Vector(lane) = VectorMath.Max(_maxima.Vector(lane), value);

    public T Total()
    {
        T largest = _maxima[0];
        for (int i = 1; i < LineLanes.Count; i++)
            largest = MatrixMath.Larger(largest, _maxima[i]);
        return largest;
    }
}
