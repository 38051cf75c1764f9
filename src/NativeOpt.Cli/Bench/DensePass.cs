using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Cli.Bench;

/// <summary>A dense layer on random numbers, forward and, if asked for, backward, as one call into a backend.</summary>
internal sealed unsafe class DensePass : IDisposable
{
    private readonly List<AlignedBuffer> _buffers = [];
    private readonly IBackend _backend;
    private readonly StepPlan _plan = new();

    /// <summary>Fills the matrices and builds the plan.</summary>
    /// <param name="kind">The backend.</param>
    /// <param name="layer">Rows of x, columns of x, columns of y.</param>
    /// <param name="activation">What follows the product.</param>
    /// <param name="backward">Whether the gradients of weights, bias and inputs are computed too.</param>
    public DensePass(BackendKind kind, (int Batch, int Inputs, int Outputs) layer, NoptActivation activation, bool backward)
    {
        (int batch, int inputs, int outputs) = layer;
        _backend = NativeOptRuntime.OpenBackend(kind);
        NoptMatrix x = Random(batch, inputs), w = Random(inputs, outputs), b = Random(1, outputs), y = Random(batch, outputs);
        _plan.Add(NoptOpKind.DenseForward, new NoptDenseForwardArgs
        {
            StructSize = (uint)sizeof(NoptDenseForwardArgs), Activation = (int)activation, X = x, W = w, B = b, Y = y,
        });
        if (backward)
            _plan.Add(NoptOpKind.DenseBackward, new NoptDenseBackwardArgs
            {
                StructSize = (uint)sizeof(NoptDenseBackwardArgs), Activation = (int)activation, X = x, W = w, Y = y,
                Dy = Random(batch, outputs), Dw = Random(inputs, outputs), Db = Random(1, outputs), Dx = Random(batch, inputs),
            });
    }

    /// <summary>Computes it once.</summary>
    public void Run() => _plan.Run(_backend);

    /// <inheritdoc/>
    public void Dispose()
    {
        _plan.Dispose();
        _backend.Dispose();
        _buffers.ForEach(buffer => buffer.Dispose());
    }

    private NoptMatrix Random(int rows, int columns)
    {
        AlignedBuffer buffer = AlignedBuffer.Allocate<float>((long)rows * columns, _buffers.Count * ParameterArena.StaggerBytes);
        _buffers.Add(buffer);
        var random = new Random(rows * 31 + columns);
        foreach (ref float value in buffer.AsSpan<float>())
            value = random.NextSingle() - 0.5f;
        return new NoptMatrix { Data = buffer.Pointer, Rows = rows, Columns = columns, Stride = columns };
    }
}
