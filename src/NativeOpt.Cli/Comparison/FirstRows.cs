namespace NativeOpt.Cli.Comparison;

/// <summary>The first rows of a data set.</summary>
internal sealed class FirstRows(Dataset data, int count) : Dataset
{
    /// <inheritdoc/>
    public override int Count => count;

    /// <inheritdoc/>
    public override int InputColumns => data.InputColumns;

    /// <inheritdoc/>
    public override int TargetColumns => data.TargetColumns;

    /// <inheritdoc/>
    public override int BlockRows => data.BlockRows;

    /// <inheritdoc/>
    public override int MixedBlocks => data.MixedBlocks;

    /// <inheritdoc/>
    public override void Gather(ReadOnlySpan<int> rows, Batch batch) => data.Gather(rows, batch);
}
