namespace NativeOpt.Data.Scaling;

/// <summary>A data set whose inputs are transformed when they are gathered.</summary>
internal sealed class ScaledDataset(Dataset inner, FeatureScaler scaler) : Dataset
{
    public override int Count => inner.Count;

    public override int InputColumns => inner.InputColumns;

    public override int TargetColumns => inner.TargetColumns;

    public override bool HasSampleWeights => inner.HasSampleWeights;

    public override int BlockRows => inner.BlockRows;

    public override int MixedBlocks => inner.MixedBlocks;

    public override void Gather(ReadOnlySpan<int> rows, Batch batch)
    {
        inner.Gather(rows, batch);
        scaler.Transform(batch.Inputs);
    }

    internal override (int Row, int Label)? FindLabelOutside(int first, int count, int classes, int? ignored) =>
        inner.FindLabelOutside(first, count, classes, ignored);

    internal override (int Row, int Column, float Value)? FindTargetOutsideUnit(int first, int count) =>
        inner.FindTargetOutsideUnit(first, count);
}
