namespace NativeOpt;

/// <summary>
/// What a metric gets: predictions after the last activation, and targets or class numbers, of some rows. Lent for the duration
/// of one <see cref="Metric.Update(MetricBatch)"/>.
/// </summary>
public readonly ref struct MetricBatch
{
    /// <summary>A batch whose targets are rows of numbers.</summary>
    /// <param name="predictions">Row by row.</param>
    /// <param name="targets">As many numbers.</param>
    /// <param name="columns">Numbers in a row.</param>
    /// <param name="weights">A weight for each row; empty: each 1.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public MetricBatch(
        ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, int columns, ReadOnlySpan<double> weights = default)
        : this(predictions, columns, weights)
    {
        if (targets.Length != predictions.Length)
            throw new ArgumentException($"targets has {targets.Length} numbers; predictions has {predictions.Length}", nameof(targets));
        Targets = targets;
    }

    /// <summary>A batch whose targets are class numbers.</summary>
    /// <param name="predictions">Row by row.</param>
    /// <param name="labels">A class number for each row.</param>
    /// <param name="columns">Numbers in a row.</param>
    /// <param name="weights">A weight for each row; empty: each 1.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public MetricBatch(
        ReadOnlySpan<double> predictions, ReadOnlySpan<int> labels, int columns, ReadOnlySpan<double> weights = default)
        : this(predictions, columns, weights)
    {
        if (labels.Length != Rows)
            throw new ArgumentException($"labels has {labels.Length} numbers; there are {Rows} rows", nameof(labels));
        Labels = labels;
    }

    private MetricBatch(ReadOnlySpan<double> predictions, int columns, ReadOnlySpan<double> weights)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (predictions.Length % columns != 0)
            throw new ArgumentException($"predictions has {predictions.Length} numbers; rows have {columns}", nameof(predictions));
        (Rows, Columns) = (predictions.Length / columns, columns);
        if (!weights.IsEmpty && weights.Length != Rows)
            throw new ArgumentException($"weights has {weights.Length} numbers; there are {Rows} rows", nameof(weights));
        Predictions = predictions;
        Weights = weights;
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Numbers in a row of predictions, and of targets where these are not class numbers.</summary>
    public int Columns { get; }

    /// <summary>Rows * Columns numbers, row by row.</summary>
    public ReadOnlySpan<double> Predictions { get; }

    /// <summary>Rows * Columns numbers; empty where targets are class numbers.</summary>
    public ReadOnlySpan<double> Targets { get; }

    /// <summary>One class number a row; empty where targets are rows.</summary>
    public ReadOnlySpan<int> Labels { get; }

    /// <summary>One weight a row; empty where each is 1.</summary>
    public ReadOnlySpan<double> Weights { get; }

    /// <summary>Whether targets are class numbers.</summary>
    public bool HasLabels => !Labels.IsEmpty;

    /// <summary>The predictions of a row.</summary>
    public ReadOnlySpan<double> Prediction(int row) => Predictions.Slice(row * Columns, Columns);

    /// <summary>A target; of a class number 1 in its column, else 0.</summary>
    public double Target(int row, int column) =>
        HasLabels ? (Columns == 1 ? Labels[row] : Labels[row] == column ? 1 : 0) : Targets[row * Columns + column];

    /// <summary>The weight of a row.</summary>
    public double Weight(int row) => Weights.IsEmpty ? 1 : Weights[row];

    /// <summary>The class a row belongs to: its label, or the column of the largest target; of one column the rounded target.</summary>
    public int TargetClass(int row)
    {
        if (HasLabels)
            return Labels[row];
        return Columns == 1 ? (int)Math.Round(Targets[row]) : IndexOfLargest(Targets.Slice(row * Columns, Columns));
    }

    /// <summary>The class that is predicted: the column of the largest number; of one column, whether it is above 0.5.</summary>
    public int PredictedClass(int row) =>
        Columns == 1 ? (Predictions[row] > 0.5 ? 1 : 0) : IndexOfLargest(Prediction(row));

    // The first of equals; a NaN is never larger.
    private static int IndexOfLargest(ReadOnlySpan<double> values)
    {
        int largest = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[largest])
                largest = i;
        }
        return largest;
    }
}
