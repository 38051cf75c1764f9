using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed;

/// <summary>
/// A sum with 16 accumulators, one for each position in a line of 16 elements, added as a tree at the end: the order of additions
/// that the native kernels have on every instruction set.
/// </summary>
internal struct LineSum<T> where T : unmanaged, INumberBase<T>
{
    private LineLanes<T> _lanes;

    /// <summary>Adds the term at element <paramref name="position"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long position, T term) => _lanes[(int)position & (LineLanes.Count - 1)] += term;

    /// <summary>Adds the terms of the vector that begins at element <paramref name="position"/>, a multiple of its length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long position, Vector<T> terms) => _lanes.Vector((int)position & (LineLanes.Count - 1)) += terms;

    /// <summary>The sum; the next one begins at 0.</summary>
    public T Total()
    {
        for (int width = LineLanes.Count / 2; width > 0; width /= 2)
            for (int i = 0; i < width; i++)
                _lanes[i] += _lanes[i + width];
        T total = _lanes[0];
        _lanes = default;
        return total;
    }
}

/// <summary>Sixteen numbers, which are also vectors, whatever the width of those.</summary>
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
