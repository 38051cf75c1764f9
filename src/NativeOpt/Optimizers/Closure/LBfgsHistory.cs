using System.Numerics;

namespace NativeOpt.Optimizers.Closure;

/// <summary>
/// The last changes of gradient (y) and weights (s), and the product of the inverse Hessian they stand for with a vector: the two-loop
/// recursion (Nocedal &amp; Wright 2006, algorithm 7.4).
/// </summary>
internal sealed class LBfgsHistory<T>(int capacity) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Changes with less curvature say nothing that can be relied on.</summary>
    private const double SmallestCurvature = 1e-10;

    private readonly List<Entry> _entries = [];

    // Arrays of a change that was refused or forgotten, for the next one.
    private Entry? _spare;
    private double _scale = 1;

    /// <summary>Remembers a change, unless its curvature is too small.</summary>
    /// <param name="gradient">The gradient now.</param>
    /// <param name="before">The gradient before the step.</param>
    /// <param name="direction">Where the step went.</param>
    /// <param name="length">And how far.</param>
    public void Add(ReadOnlySpan<T> gradient, ReadOnlySpan<T> before, ReadOnlySpan<T> direction, double length)
    {
        Entry entry = _spare ?? new Entry(new T[gradient.Length], new T[gradient.Length]);
        DenseVector.Combine(entry.Y, gradient, -1, before);
        DenseVector.Scale(entry.S, length, direction);
        double curvature = DenseVector.Dot<T>(entry.Y, entry.S);
        if (!(curvature > SmallestCurvature))
        {
            _spare = entry;
            return;
        }
        _spare = null;
        if (_entries.Count == capacity)
        {
            _spare = _entries[0];
            _entries.RemoveAt(0);
        }
        entry.Rho = 1 / curvature;
        _entries.Add(entry);
        _scale = curvature / DenseVector.Dot<T>(entry.Y, entry.Y);
    }

    /// <summary>direction = -H gradient.</summary>
    public void Solve(ReadOnlySpan<T> gradient, Span<T> direction)
    {
        DenseVector.Scale(direction, -1, gradient);
        for (int i = _entries.Count - 1; i >= 0; i--)
        {
            Entry entry = _entries[i];
            entry.Alpha = DenseVector.Dot(entry.S, direction) * entry.Rho;
            DenseVector.AddScaled(direction, -entry.Alpha, entry.Y);
        }
        DenseVector.Scale(direction, _scale, direction);
        foreach (Entry entry in _entries)
        {
            double beta = DenseVector.Dot(entry.Y, direction) * entry.Rho;
            DenseVector.AddScaled(direction, entry.Alpha - beta, entry.S);
        }
    }

    private sealed class Entry(T[] y, T[] s)
    {
        public T[] Y { get; } = y;

        public T[] S { get; } = s;

        public double Rho { get; set; }

        public double Alpha { get; set; }
    }
}
