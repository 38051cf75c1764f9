using NativeOpt.Interop;

namespace NativeOpt.Training;

/// <summary>A regularizer in C# at work on native memory without gaps.</summary>
internal sealed unsafe class RegularizerCall(Regularizer regularizer)
{
    // What the regularizer adds, where it is to be multiplied by something.
    private float[] _floats = [];
    private double[] _doubles = [];

    /// <summary>The penalty.</summary>
    public double GetPenalty(in NoptMatrix x, ReadOnlySpan<int> shape) => x.Dtype == (int)NoptDtype.F64
        ? regularizer.GetPenalty(Span<double>(x), shape)
        : regularizer.GetPenalty(Span<float>(x), shape);

    /// <summary>Adds its gradient, times a factor.</summary>
    public void AddGradient(in NoptMatrix x, in NoptMatrix dx, ReadOnlySpan<int> shape, double factor)
    {
        if (x.Dtype == (int)NoptDtype.F64)
            AddGradient(Span<double>(x), Span<double>(dx), shape, factor);
        else
            AddGradient(Span<float>(x), Span<float>(dx), shape, (float)factor);
    }

    private void AddGradient(ReadOnlySpan<double> x, Span<double> dx, ReadOnlySpan<int> shape, double factor)
    {
        Span<double> added = factor == 1 ? dx : Cleared(ref _doubles, x.Length);
        regularizer.AddGradient(x, shape, added);
        for (int i = 0; i < dx.Length && factor != 1; i++)
            dx[i] += factor * added[i];
    }

    private void AddGradient(ReadOnlySpan<float> x, Span<float> dx, ReadOnlySpan<int> shape, float factor)
    {
        Span<float> added = factor == 1 ? dx : Cleared(ref _floats, x.Length);
        regularizer.AddGradient(x, shape, added);
        for (int i = 0; i < dx.Length && factor != 1; i++)
            dx[i] += factor * added[i];
    }

    private static Span<T> Cleared<T>(ref T[] array, int count)
    {
        if (array.Length < count)
            array = new T[count];
        Span<T> cleared = array.AsSpan(0, count);
        cleared.Clear();
        return cleared;
    }

    private static Span<T> Span<T>(in NoptMatrix matrix) where T : unmanaged => new(matrix.Data, checked((int)(matrix.Rows * matrix.Columns)));
}
