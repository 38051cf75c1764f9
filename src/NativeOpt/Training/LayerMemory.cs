using NativeOpt.Interop;

namespace NativeOpt.Training;

/// <summary>
/// What layers keep from a training forward for its backward, as long as the largest batch. Allocated at the first use: models that
/// only predict need none.
/// </summary>
internal sealed unsafe class LayerMemory(Network network, int capacity) : IDisposable
{
    private readonly AlignedBuffer[]?[] _buffers = new AlignedBuffer[network.Layers.Count][];

    /// <summary>The memory of a layer in the order it asked for; plans keep it alive.</summary>
    public IReadOnlyList<NoptMatrix> Of(NetworkPlan plan, int layer)
    {
        IReadOnlyList<BufferDescription> descriptions = network.Layers[layer].DescribeBuffers();
        AlignedBuffer[] buffers = _buffers[layer] ??= [.. descriptions.Select(Allocate)];
        return [.. descriptions.Zip(buffers, (description, buffer) =>
            plan.Matrix(buffer, description.Columns, network.Dtype) with { Rows = description.Rows ?? capacity })];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (AlignedBuffer[]? buffers in _buffers)
            foreach (AlignedBuffer buffer in buffers ?? [])
                buffer.Dispose();
    }

    private AlignedBuffer Allocate(BufferDescription description) => AlignedBuffer.Allocate(checked(
        (long)(description.Rows ?? capacity) * description.Columns * ParameterArena.ElementSize(network.Dtype)));
}
