using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed;

/// <summary>
/// A sum in double with 16 accumulators, one for each position in a line of 16 elements, added as a tree at the end: the order of the
/// additions is that of the native core on every instruction set.
/// </summary>
internal static class DoubleLine
{
    private const int Line = 16;

    /// <summary>Vectors of a line: as many as <c>parts</c> must have, zeros at first.</summary>
    public static int VectorCount => Line / Vector<double>.Count;

    /// <summary>Adds the terms of the vector that begins at element <paramref name="position"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Span<Vector<double>> parts, long position, Vector<double> terms) =>
        parts[(int)(position / Vector<double>.Count) & (VectorCount - 1)] += terms;

    /// <summary>The sum.</summary>
    public static double Total(ReadOnlySpan<Vector<double>> parts)
    {
        Span<double> sums = stackalloc double[Line];
        for (int i = 0; i < parts.Length; i++)
            parts[i].CopyTo(sums[(i * Vector<double>.Count)..]);
        for (int width = Line / 2; width > 0; width /= 2)
            for (int i = 0; i < width; i++)
                sums[i] += sums[i + width];
        return sums[0];
    }
}
