namespace NativeOpt;

/// <summary>
/// The memory a <see cref="Dataset"/> fills with the rows it was asked for. Lent for the duration of one
/// <see cref="Dataset.Gather"/>. Code that calls Gather itself makes one over arrays of its own.
/// </summary>
/// <example>
/// <code>
/// var inputs = new float[2 * data.InputColumns];
/// var labels = new int[2];
/// data.Gather([7, 3], new Batch(2, inputs, targets: [], labels));
/// </code>
/// </example>
public readonly ref struct Batch
{
    /// <summary>A batch over memory of the caller.</summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="inputs">Room for count * <see cref="Dataset.InputColumns"/> numbers.</param>
    /// <param name="targets">Room for count * <see cref="Dataset.TargetColumns"/> numbers: none where rows have labels.</param>
    /// <param name="labels">Room for count class numbers; none where <see cref="Dataset.TargetColumns"/> is not 0.</param>
    /// <param name="sampleWeights">Room for count weights; none where <see cref="Dataset.HasSampleWeights"/> is false.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public Batch(int count, Span<float> inputs, Span<float> targets, Span<int> labels, Span<float> sampleWeights = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Count = count;
        Inputs = inputs;
        Targets = targets;
        Labels = labels;
        SampleWeights = sampleWeights;
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Inputs, row by row: Count * <see cref="Dataset.InputColumns"/> numbers.</summary>
    public Span<float> Inputs { get; }

    /// <summary>Targets, row by row: Count * <see cref="Dataset.TargetColumns"/> numbers; empty where rows have labels.</summary>
    public Span<float> Targets { get; }

    /// <summary>One class number a row; empty where <see cref="Dataset.TargetColumns"/> is not 0.</summary>
    public Span<int> Labels { get; }

    /// <summary>One weight a row; empty where <see cref="Dataset.HasSampleWeights"/> is false.</summary>
    public Span<float> SampleWeights { get; }

    /// <summary>Whether several threads read the batch next.</summary>
    internal bool IsShared { get; init; }

    /// <summary>Checks that rows of a data set fill the batch exactly.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    internal void Require(int rows, int inputColumns, int targetColumns, bool hasSampleWeights)
    {
        int labels = targetColumns == 0 ? rows : 0;
        int weights = hasSampleWeights ? rows : 0;
        if (SampleWeights.Length != weights)
            throw new ArgumentException($"the batch has room for {SampleWeights.Length} sample weights; these rows need {weights}");
        if (Count != rows || Inputs.Length != (long)rows * inputColumns || Targets.Length != (long)rows * targetColumns
            || Labels.Length != labels)
            throw new ArgumentException(
                $"the batch has room for {Count} rows, {Inputs.Length} inputs, {Targets.Length} targets and {Labels.Length} labels; "
                + $"these rows need {rows}, {(long)rows * inputColumns}, {(long)rows * targetColumns} and {labels}");
    }
}
