using System.Buffers;
using System.Numerics;

namespace NativeOpt.Regularization;

/// <summary>
/// The vectors of a matrix (its rows, or its columns) at length 1: u = x / |x|, where lengths below 1e-7 count as 1e-7. The memory
/// is rented.
/// </summary>
internal readonly ref struct Angles<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double LargestInverse = 1e7;

    private readonly ReadOnlySpan<T> _values;
    private readonly bool _areColumns;
    private readonly int _count, _length, _columns;
    private readonly T[] _units;
    private readonly T[] _inverses;

    /// <summary>Divides the vectors by their lengths.</summary>
    /// <param name="values">The matrix, row-major.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="areColumns">Whether the vectors are the columns.</param>
    public Angles(ReadOnlySpan<T> values, int rows, int columns, bool areColumns)
    {
        _values = values;
        (_areColumns, _columns) = (areColumns, columns);
        (_count, _length) = areColumns ? (columns, rows) : (rows, columns);
        _units = ArrayPool<T>.Shared.Rent(checked(_count * _length));
        _inverses = ArrayPool<T>.Shared.Rent(_count);
        for (int i = 0; i < _count; i++)
        {
            Span<T> unit = _units.AsSpan(i * _length, _length);
            for (int k = 0; k < _length; k++)
                unit[k] = values[IndexOf(i, k)];
            _inverses[i] = T.Min(T.One / T.Sqrt(Dot(unit, unit)), T.CreateTruncating(LargestInverse));
            for (int k = 0; k < _length; k++)
                unit[k] *= _inverses[i];
        }
    }

    /// <summary>The sum of |u v| over all pairs.</summary>
    public double SumOfPairs()
    {
        double sum = 0;
        for (int i = 1; i < _count; i++)
            for (int j = 0; j < i; j++)
                sum += double.CreateTruncating(T.Abs(Dot(Unit(i), Unit(j))));
        return sum;
    }

    /// <summary>
    /// Adds <paramref name="factor"/> times the gradient of that sum. By u it is the sum p of sign(u v) v over the other vectors; by x
    /// it is (p - (p u) u) / |x|, without the second term where the length counts as 1e-7.
    /// </summary>
    public void AddGradient(Span<T> gradients, double factor)
    {
        T[] rented = ArrayPool<T>.Shared.Rent(_length);
        Span<T> pull = rented.AsSpan(0, _length);
        for (int i = 0; i < _count; i++)
        {
            pull.Clear();
            for (int j = 0; j < _count; j++)
                if (j != i)
                    AddScaled(pull, Unit(j), T.CreateTruncating(T.Sign(Dot(Unit(i), Unit(j)))));
            bool isSmall = _inverses[i] >= T.CreateTruncating(LargestInverse);
            AddScaled(pull, Unit(i), isSmall ? T.Zero : -Dot(pull, Unit(i)));
            T scale = T.CreateTruncating(factor) * _inverses[i];
            for (int k = 0; k < _length; k++)
                gradients[IndexOf(i, k)] += scale * pull[k];
        }
        ArrayPool<T>.Shared.Return(rented);
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        ArrayPool<T>.Shared.Return(_units);
        ArrayPool<T>.Shared.Return(_inverses);
    }

    private ReadOnlySpan<T> Unit(int vector) => _units.AsSpan(vector * _length, _length);

    private int IndexOf(int vector, int element) => _areColumns ? element * _columns + vector : vector * _columns + element;

    private static T Dot(ReadOnlySpan<T> left, ReadOnlySpan<T> right)
    {
        Vector<T> sums = Vector<T>.Zero;
        int i = 0;
        for (; i <= left.Length - Vector<T>.Count; i += Vector<T>.Count)
            sums += new Vector<T>(left[i..]) * new Vector<T>(right[i..]);
        T sum = Vector.Sum(sums);
        for (; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }

    private static void AddScaled(Span<T> target, ReadOnlySpan<T> vector, T factor)
    {
        int i = 0;
        for (; i <= target.Length - Vector<T>.Count; i += Vector<T>.Count)
            (new Vector<T>(target[i..]) + new Vector<T>(vector[i..]) * factor).CopyTo(target[i..]);
        for (; i < target.Length; i++)
            target[i] += vector[i] * factor;
    }
}
