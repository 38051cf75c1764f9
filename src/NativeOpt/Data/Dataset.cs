namespace NativeOpt;

/// <summary>
/// Rows of inputs and targets that a model asks for by number. Derive from it to read data that do not fit into memory; training
/// calls it from the thread that called Fit, one call at a time.
/// </summary>
public abstract class Dataset
{
    /// <summary>Number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>Numbers in an input row.</summary>
    public abstract int InputColumns { get; }

    /// <summary>Numbers in a target row; 0 where the target of a row is one class number.</summary>
    public abstract int TargetColumns { get; }

    /// <summary>
    /// Whether rows have weights: <see cref="Gather"/> then fills <see cref="Batch.SampleWeights"/>. The loss of a row is multiplied
    /// by its weight. False by default.
    /// </summary>
    public virtual bool HasSampleWeights => false;

    /// <summary>
    /// Rows that lie together where they are read from, so that reading all of them costs little more than reading one; 0, the default,
    /// where any order costs the same. With blocks, an epoch shuffles the blocks, and the rows of <see cref="MixedBlocks"/> of them at a
    /// time: block b has the rows from b * BlockRows on.
    /// </summary>
    public virtual int BlockRows => 0;

    /// <summary>Blocks whose rows are mixed; as many are in use at a time. 1 by default.</summary>
    public virtual int MixedBlocks => 1;

    /// <summary>
    /// Copies rows into a batch. The model that asks is in the middle of a step: any call of it from here is refused with an
    /// <see cref="InvalidOperationException"/>. Other models may be called.
    /// </summary>
    /// <param name="rows">Numbers of the rows, each at least 0 and below <see cref="Count"/>; Batch.Count of them.</param>
    /// <param name="batch">The memory to fill completely.</param>
    public abstract void Gather(ReadOnlySpan<int> rows, Batch batch);

    /// <summary>
    /// The first of <paramref name="count"/> rows from <paramref name="first"/> on whose label is neither in [0, classes) nor the
    /// ignored one, or null. Data sets that cannot tell cheaply say null: labels are checked again in every batch.
    /// </summary>
    internal virtual (int Row, int Label)? FindLabelOutside(int first, int count, int classes, int? ignored) => null;

    /// <summary>
    /// The first target number of <paramref name="count"/> rows from <paramref name="first"/> on that is not in [0, 1], or null.
    /// Data sets that cannot tell cheaply say null.
    /// </summary>
    internal virtual (int Row, int Column, float Value)? FindTargetOutsideUnit(int first, int count) => null;
}
