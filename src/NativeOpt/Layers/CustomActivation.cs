using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Layers;

/// <summary>An activation of the user's, and the calls of it that a plan runs between its operations.</summary>
internal sealed unsafe class CustomActivation(string name, ActivationFunction function, ActivationGradient gradient)
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Appends y = f(x) to a plan. x and y may be the same memory.</summary>
    public void AddForward(NetworkPlan plan, NoptMatrix x, NoptMatrix y)
    {
        var (input, output) = (new float[x.Columns], new float[x.Columns]);
        plan.AddCall(rows =>
        {
            for (int row = 0; row < rows; row++)
            {
                Read(x, row, input);
                function(input, output);
                Write(output, y, row);
            }
        });
    }

    /// <summary>Appends dx = dy f'(x) to a plan. dx and dy may be the same memory.</summary>
    public void AddBackward(NetworkPlan plan, NoptMatrix x, NoptMatrix y, NoptMatrix dy, NoptMatrix dx)
    {
        var (input, output) = (new float[x.Columns], new float[x.Columns]);
        var (upstream, result) = (new float[x.Columns], new float[x.Columns]);
        plan.AddCall(rows =>
        {
            for (int row = 0; row < rows; row++)
            {
                Read(x, row, input);
                Read(y, row, output);
                Read(dy, row, upstream);
                gradient(input, output, upstream, result);
                Write(result, dx, row);
            }
        });
    }

    private static void Read(in NoptMatrix matrix, long row, Span<float> destination)
    {
        if (matrix.Dtype == (int)NoptDtype.F64)
            for (int i = 0; i < destination.Length; i++)
                destination[i] = (float)((double*)matrix.Data)[row * matrix.Stride + i];
        else
            new ReadOnlySpan<float>((float*)matrix.Data + row * matrix.Stride, destination.Length).CopyTo(destination);
    }

    private static void Write(ReadOnlySpan<float> source, in NoptMatrix matrix, long row)
    {
        if (matrix.Dtype == (int)NoptDtype.F64)
            for (int i = 0; i < source.Length; i++)
                ((double*)matrix.Data)[row * matrix.Stride + i] = source[i];
        else
            source.CopyTo(new Span<float>((float*)matrix.Data + row * matrix.Stride, source.Length));
    }
}
