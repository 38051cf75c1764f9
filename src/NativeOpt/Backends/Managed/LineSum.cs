using System.Numerics;

namespace NativeOpt.Backends.Managed;

/// <summary>
/// Sums with 16 accumulators, one for each position in a line of 16, added as a tree at the end: the order of additions that the
/// native kernels have on every instruction set.
/// </summary>
internal ref struct LineSum<T>(Span<T> lanes) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Elements the caller lends.</summary>
    public const int Lanes = 16;

    private readonly Span<T> _lanes = lanes;

    /// <summary>Adds the term at position <paramref name="index"/> of the row.</summary>
    public readonly void Add(int index, T term) => _lanes[index % Lanes] += term;

    /// <summary>The sum; the accumulators are 0 afterwards.</summary>
    public readonly T Total()
    {
        for (int width = Lanes / 2; width > 0; width /= 2)
            for (int i = 0; i < width; i++)
                _lanes[i] += _lanes[i + width];
        T total = _lanes[0];
        _lanes.Clear();
        return total;
    }
}
