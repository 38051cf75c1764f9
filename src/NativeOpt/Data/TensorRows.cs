using System.Numerics.Tensors;

namespace NativeOpt.Data;

/// <summary>Tensors as rows.</summary>
internal static class TensorRows
{
    /// <summary>A copy of the tensor, its dimensions after the first flattened.</summary>
    public static RowSource From(Tensor<float> tensor)
    {
        var shape = new int[tensor.Rank];
        for (int i = 0; i < shape.Length; i++)
            shape[i] = checked((int)tensor.Lengths[i]);
        (int rows, int columns) = Shapes.Flatten(shape, tensor.FlattenedLength, nameof(tensor));
        var values = new float[checked((int)tensor.FlattenedLength)];
        tensor.FlattenTo(values);
        return new MemoryRows(values, rows, columns);
    }

    /// <summary>A copy of a tensor of one dimension.</summary>
    public static int[] Labels(Tensor<int> tensor)
    {
        if (tensor.Rank != 1)
            throw new ArgumentException($"the tensor of class numbers has {tensor.Rank} dimensions; it must have 1", nameof(tensor));
        var labels = new int[checked((int)tensor.FlattenedLength)];
        tensor.FlattenTo(labels);
        return labels;
    }
}
