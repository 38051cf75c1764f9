using System.Numerics.Tensors;
using NativeOpt.Interop;

namespace NativeOpt.Training;

/// <summary>
/// What the last training step has left behind (its batch, what layers gave, the gradients of that, parameters and their gradients), for
/// whoever looks at it before anything else runs. Numbers of a model in double are rounded to single precision. Reading changes nothing.
/// </summary>
internal sealed unsafe class StepReading
{
    private readonly Network _network;
    private readonly Workspace _workspace;
    private float[] _rounded = [];

    /// <summary>The step of a network in its workspace.</summary>
    public StepReading(Network network, Workspace workspace) => (_network, _workspace) = (network, workspace);

    /// <summary>Rows of the batch; 0 where something else has run since.</summary>
    public int Rows { get; set; }

    /// <summary>The layers.</summary>
    public IReadOnlyList<Layer> Layers => _network.Layers;

    /// <summary>The first layer that is trained.</summary>
    public int FirstTrainedLayer => _network.FirstTrainedLayer;

    /// <summary>[rows, inputs] of the batch.</summary>
    public ReadOnlySpan<float> Inputs => Read(_workspace.Batch.Inputs, 0, (long)Rows * _network.InputColumns);

    /// <summary>[rows, outputs] of a layer; empty where it gives what it gets.</summary>
    public ReadOnlySpan<float> Output(int layer) =>
        _workspace.TrainingOutput(layer) is { } buffer ? Read(buffer, 0, ElementsOf(layer)) : default;

    /// <summary>Whether what is there of a layer is before its activation, which the loss has taken over.</summary>
    public bool IsBeforeActivation(int layer) => _workspace.IsBeforeActivation(layer);

    /// <summary>The gradient of <see cref="Output"/>, before or after the derivative of the activation; empty where there is none.</summary>
    public ReadOnlySpan<float> OutputGradient(int layer) =>
        _workspace.TrainingGradient(layer) is { } buffer ? Read(buffer, 0, ElementsOf(layer)) : default;

    private long ElementsOf(int layer) => (long)Rows * _network.Layers[layer].OutputColumns;

    private ReadOnlySpan<float> Read(AlignedBuffer buffer, long first, long count) =>
        ReadNumbers(buffer, first, count, _network.Dtype, ref _rounded);

    /// <summary>Numbers of a block; those in double are copied into memory that is made where it is too small.</summary>
    public static ReadOnlySpan<float> ReadNumbers(AlignedBuffer block, long first, long count, NoptDtype dtype, ref float[] memory)
    {
        if (dtype != NoptDtype.F64)
            return block.AsSpan<float>().Slice((int)first, (int)count);
        if (memory.Length < count)
            memory = new float[count];
        Span<float> rounded = memory.AsSpan(0, (int)count);
        TensorPrimitives.ConvertTruncating(block.AsSpan<double>().Slice((int)first, (int)count), rounded);
        return rounded;
    }
}
