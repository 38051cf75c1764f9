namespace NativeOpt.Data;

/// <summary>Targets for rows whose inputs are in the batch already: it leaves these as they are.</summary>
internal sealed class TargetsOnly(Targets targets, int inputColumns, float[]? sampleWeight) : Dataset
{
    private readonly float[]? _sampleWeight = Checked(sampleWeight, targets.Rows);

    public override int Count => targets.Rows;

    public override int InputColumns => inputColumns;

    public override int TargetColumns => targets.Columns;

    public override bool HasSampleWeights => _sampleWeight is not null;

    public override void Gather(ReadOnlySpan<int> rows, Batch batch)
    {
        targets.CopyRows(rows, batch);
        for (int i = 0; i < batch.SampleWeights.Length; i++)
            batch.SampleWeights[i] = _sampleWeight![rows[i]];
    }

    internal override (int Row, int Label)? FindLabelOutside(int first, int count, int classes, int? ignored) =>
        targets.FindLabelOutside(first, count, classes, ignored);

    internal override (int Row, int Column, float Value)? FindTargetOutsideUnit(int first, int count) =>
        targets.FindTargetOutsideUnit(first, count);

    private static float[]? Checked(float[]? sampleWeight, int rows)
    {
        if (sampleWeight is not null)
            SampleWeights.Check(sampleWeight, rows);
        return sampleWeight;
    }
}
