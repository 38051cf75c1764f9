namespace NativeOpt.Data;

/// <summary>Inputs without targets, for predictions.</summary>
internal sealed class InputsOnly(RowSource inputs) : Dataset
{
    public override int Count => inputs.Rows;

    public override int InputColumns => inputs.Columns;

    public override int TargetColumns => 0;

    public override void Gather(ReadOnlySpan<int> rows, Batch batch)
    {
        for (int i = 0; i < rows.Length; i++)
            inputs.CopyRow(rows[i], batch.Inputs.Slice(i * InputColumns, InputColumns));
    }
}
