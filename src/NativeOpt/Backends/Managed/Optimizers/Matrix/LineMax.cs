using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers.Matrix;

/// <summary>Partial maxima of numbers that are not negative; NaN wins.</summary>
internal struct LineMax<T> where T : unmanaged, INumber<T>
{
    private LineLanes<T> _maxima;

    /// <summary>Takes the vector that begins at position <paramref name="lane"/> of a line into account.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int lane, Vector<T> value) => _maxima.Vector(lane) = VectorMath.Max(_maxima.Vector(lane), value);

    /// <summary>The largest of all.</summary>
    public readonly T Total()
    {
        T largest = _maxima[0];
        for (int i = 1; i < LineLanes.Count; i++)
            largest = MatrixMath.Larger(largest, _maxima[i]);
        return largest;
    }
}
