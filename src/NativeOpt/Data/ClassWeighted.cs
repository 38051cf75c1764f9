using System.Globalization;

namespace NativeOpt.Data;

/// <summary>
/// A data set whose rows are weighed by their class, as Keras' class_weight: the label, or the column of the largest target, or of
/// one column the rounded target. Classes without a weight have 1.
/// </summary>
internal sealed class ClassWeighted : Dataset
{
    private readonly Dataset _inner;
    private readonly IReadOnlyDictionary<int, double> _weights;

    /// <exception cref="ArgumentException">The rows have weights of their own, or a class or weight is out of range.</exception>
    public ClassWeighted(Dataset inner, IReadOnlyDictionary<int, double> weights, string parameterName)
    {
        if (inner.HasSampleWeights)
            throw new ArgumentException(
                $"{parameterName} and sample weights are both given; multiply the sample weights instead", parameterName);
        foreach ((int label, double weight) in weights)
        {
            if (label < 0 || !float.IsFinite((float)weight))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"{parameterName}[{label}] is {weight}; classes are at least 0 and weights finite"), parameterName);
        }
        (_inner, _weights) = (inner, weights);
    }

    public override int Count => _inner.Count;

    public override int InputColumns => _inner.InputColumns;

    public override int TargetColumns => _inner.TargetColumns;

    public override bool HasSampleWeights => true;

    public override int BlockRows => _inner.BlockRows;

    public override int MixedBlocks => _inner.MixedBlocks;

    public override void Gather(ReadOnlySpan<int> rows, Batch batch)
    {
        _inner.Gather(rows, new Batch(batch.Count, batch.Inputs, batch.Targets, batch.Labels));
        for (int i = 0; i < batch.Count; i++)
            batch.SampleWeights[i] = _weights.TryGetValue(ClassOf(batch, i), out double weight) ? (float)weight : 1;
    }

    internal override (int Row, int Label)? FindLabelOutside(int first, int count, int classes, int? ignored) =>
        _inner.FindLabelOutside(first, count, classes, ignored);

    internal override (int Row, int Column, float Value)? FindTargetOutsideUnit(int first, int count) =>
        _inner.FindTargetOutsideUnit(first, count);

    private int ClassOf(Batch batch, int row)
    {
        if (TargetColumns == 0)
            return batch.Labels[row];
        ReadOnlySpan<float> target = batch.Targets.Slice(row * TargetColumns, TargetColumns);
        return TargetColumns == 1 ? (int)MathF.Round(target[0]) : System.Numerics.Tensors.TensorPrimitives.IndexOfMax(target);
    }
}
