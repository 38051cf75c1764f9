using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// A sum with 16 accumulators, one for each position in a line of 16 elements, added as a tree at the end: the order of the
/// additions is that of the native core on every instruction set.
/// </summary>
internal ref struct LineSum<T>(Span<Vector<T>> parts) where T : unmanaged, INumberBase<T>
{
    private const int Line = 16;
    private readonly Span<Vector<T>> _parts = parts;

    /// <summary>Vectors of a line: as many as the constructor's span must have, zeros at first.</summary>
    public static int VectorCount => Line / Vector<T>.Count;

    /// <summary>Adds the terms of the vector that begins at element <paramref name="position"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Add(long position, Vector<T> terms) => _parts[(int)(position / Vector<T>.Count) & (VectorCount - 1)] += terms;

    /// <summary>The sum.</summary>
    public readonly T Total()
    {
        Span<T> sums = stackalloc T[Line];
        for (int i = 0; i < _parts.Length; i++)
            _parts[i].CopyTo(sums[(i * Vector<T>.Count)..]);
        for (int width = Line / 2; width > 0; width /= 2)
            for (int i = 0; i < width; i++)
                sums[i] += sums[i + width];
        return sums[0];
    }
}
