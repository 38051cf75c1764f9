namespace NativeOpt.Data;

/// <summary>Targets for rows whose inputs are in the batch already: it leaves these as they are.</summary>
internal sealed class TargetsOnly(Targets targets, int inputColumns) : Dataset
{
    public override int Count => targets.Rows;

    public override int InputColumns => inputColumns;

    public override int TargetColumns => targets.Columns;

    public override void Gather(ReadOnlySpan<int> rows, Batch batch) => targets.CopyRows(rows, batch);

    internal override (int Row, int Label)? FindLabelOutside(int first, int count, int classes) =>
        targets.FindLabelOutside(first, count, classes);

    internal override (int Row, int Column, float Value)? FindTargetOutsideUnit(int first, int count) =>
        targets.FindTargetOutsideUnit(first, count);
}
