namespace NativeOpt;

/// <summary>How much of a file is in memory at a time: about BlockBytes * MixedBlocks, 64 MiB by default.</summary>
public sealed record FileDatasetSettings
{
    /// <summary>Rows that are read together, in bytes; 1 MiB by default, at least 1. A block has one row at least.</summary>
    public int BlockBytes { get; init => field = Require.AtLeast(value, 1, nameof(BlockBytes)); } = 1 << 20;

    /// <summary>
    /// Blocks whose rows an epoch mixes; 64 by default, 1 to 4096. More give an order that is nearer to one of all rows, where rows that
    /// are alike lie together in the file, and take more memory.
    /// </summary>
    public int MixedBlocks { get; init => field = Require.Between(value, 1, 4096, nameof(MixedBlocks)); } = 64;
}
