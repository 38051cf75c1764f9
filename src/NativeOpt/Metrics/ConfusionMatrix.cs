namespace NativeOpt;

/// <summary>
/// How many rows of a class were taken for which: element [actual, predicted]. The predicted class is the one with the largest
/// prediction; of a model with one output, 1 where it is above 0.5. The result is the share of rows on the diagonal.
/// </summary>
public class ConfusionMatrix : Metric
{
    private double[] _counts = [];

    /// <summary>Named "confusion_matrix".</summary>
    public ConfusionMatrix() : this("confusion_matrix") { }

    private protected ConfusionMatrix(string name) : base(name) { }

    /// <summary>Number of classes: outputs of the model, or 2 where it has one; 0 before the first batch.</summary>
    public int Classes { get; private set; }

    /// <summary>Rows of class <paramref name="actual"/> that were taken for <paramref name="predicted"/>; of weights, their sum.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double this[int actual, int predicted]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)actual, (uint)Classes, nameof(actual));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)predicted, (uint)Classes, nameof(predicted));
            return _counts[actual * Classes + predicted];
        }
    }

    /// <summary>The share of rows on the diagonal: the accuracy.</summary>
    public override double Result
    {
        get
        {
            double right = 0;
            for (int i = 0; i < Classes; i++)
                right += _counts[i * Classes + i];
            return right / _counts.Sum();
        }
    }

    /// <summary>A copy of the counts: [actual, predicted].</summary>
    public double[,] ToArray()
    {
        var copy = new double[Classes, Classes];
        Buffer.BlockCopy(_counts, 0, copy, 0, _counts.Length * sizeof(double));
        return copy;
    }

    /// <inheritdoc/>
    public override void Reset() => Array.Clear(_counts);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A row belongs to a class that there is not.</exception>
    public override void Update(MetricBatch batch)
    {
        int classes = Math.Max(batch.Columns, 2);
        if (Classes != classes)
            (Classes, _counts) = (classes, new double[checked(classes * classes)]);
        for (int row = 0; row < batch.Rows; row++)
        {
            int actual = batch.TargetClass(row);
            if ((uint)actual >= (uint)Classes)
                throw new ArgumentException($"row {row} is of class {actual}; there are classes 0 to {Classes - 1}", nameof(batch));
            _counts[actual * Classes + batch.PredictedClass(row)] += batch.Weight(row);
        }
    }

    /// <inheritdoc/>
    protected internal override Metric Copy()
    {
        var copy = (ConfusionMatrix)base.Copy();
        (copy.Classes, copy._counts) = (0, []);
        return copy;
    }
}
