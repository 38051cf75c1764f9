using NativeOpt.Interop;

namespace NativeOpt.Training;

/// <summary>A regularizer in C# at work on native memory.</summary>
/// <param name="regularizer">The regularizer.</param>
/// <param name="y">[rows, columns] outputs of a layer, without gaps.</param>
/// <param name="dy">Their gradients, or absent.</param>
internal sealed unsafe class RegularizerCall(Regularizer regularizer, NoptMatrix y, NoptMatrix dy)
{
    private readonly int[] _shape = [0, (int)y.Columns];
    private float[] _floats = [];
    private double[] _doubles = [];

    /// <summary>The penalty of a parameter.</summary>
    public static double GetPenalty(Regularizer regularizer, NoptMatrix x, int[] shape) => x.Dtype == (int)NoptDtype.F64
        ? regularizer.GetPenalty(Span<double>(x), shape)
        : regularizer.GetPenalty(Span<float>(x), shape);

    /// <summary>Adds the gradient of the penalty of a parameter.</summary>
    public static void AddGradient(Regularizer regularizer, NoptMatrix x, NoptMatrix dx, int[] shape)
    {
        if (x.Dtype == (int)NoptDtype.F64)
            regularizer.AddGradient(Span<double>(x), shape, Span<double>(dx));
        else
            regularizer.AddGradient(Span<float>(x), shape, Span<float>(dx));
    }

    /// <summary>The penalty of the outputs of that many rows; adds its gradient, divided by the rows, where one is wanted.</summary>
    public double Run(int rows)
    {
        _shape[0] = rows;
        NoptMatrix x = y with { Rows = rows };
        if (dy.Data is null)
            return GetPenalty(regularizer, x, _shape);
        int count = checked((int)(rows * y.Columns));
        if (x.Dtype == (int)NoptDtype.F64)
            AddMean(_doubles = Cleared(_doubles, count), count, Span<double>(dy with { Rows = rows }), rows);
        else
            AddMean(_floats = Cleared(_floats, count), count, Span<float>(dy with { Rows = rows }), rows);
        return GetPenalty(regularizer, x, _shape);
    }

    private void AddMean(double[] added, int count, Span<double> gradients, int rows)
    {
        regularizer.AddGradient(Span<double>(y with { Rows = rows }), _shape, added.AsSpan(0, count));
        for (int i = 0; i < count; i++)
            gradients[i] += added[i] / rows;
    }

    private void AddMean(float[] added, int count, Span<float> gradients, int rows)
    {
        regularizer.AddGradient(Span<float>(y with { Rows = rows }), _shape, added.AsSpan(0, count));
        for (int i = 0; i < count; i++)
            gradients[i] += added[i] / rows;
    }

    private static T[] Cleared<T>(T[] array, int count)
    {
        if (array.Length < count)
            return new T[count];
        Array.Clear(array);
        return array;
    }

    private static Span<T> Span<T>(in NoptMatrix matrix) where T : unmanaged => new(matrix.Data, checked((int)(matrix.Rows * matrix.Columns)));
}
