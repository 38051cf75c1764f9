namespace NativeOpt;

/// <summary>
/// The memory a <see cref="Dataset"/> fills with the rows it was asked for. Lent for the duration of one
/// <see cref="Dataset.Gather"/>.
/// </summary>
public readonly ref struct Batch
{
    internal Batch(int count, Span<float> inputs, Span<float> targets, Span<int> labels)
    {
        Count = count;
        Inputs = inputs;
        Targets = targets;
        Labels = labels;
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Inputs, row by row: Count * <see cref="Dataset.InputColumns"/> numbers.</summary>
    public Span<float> Inputs { get; }

    /// <summary>Targets, row by row: Count * <see cref="Dataset.TargetColumns"/> numbers; empty where rows have labels.</summary>
    public Span<float> Targets { get; }

    /// <summary>One class number a row; empty where <see cref="Dataset.TargetColumns"/> is not 0.</summary>
    public Span<int> Labels { get; }
}
