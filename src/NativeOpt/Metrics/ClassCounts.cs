namespace NativeOpt.Metrics;

/// <summary>
/// Weights of true positives, false positives and false negatives of each column. An element is positive where its prediction is
/// above the threshold, or without a threshold where it is the largest of its row and not 0, as in Keras.
/// </summary>
internal sealed class ClassCounts
{
    private double[] _truePositives = [];
    private double[] _falsePositives = [];
    private double[] _falseNegatives = [];

    /// <summary>Columns of the batches; 0 before the first.</summary>
    public int Columns => _truePositives.Length;

    public void Reset()
    {
        Array.Clear(_truePositives);
        Array.Clear(_falsePositives);
        Array.Clear(_falseNegatives);
    }

    /// <summary>Counts a batch. A target counts as positive by its value: 1, 0 or between.</summary>
    public void Add(MetricBatch batch, double? threshold)
    {
        if (Columns != batch.Columns)
            (_truePositives, _falsePositives, _falseNegatives) =
                (new double[batch.Columns], new double[batch.Columns], new double[batch.Columns]);
        for (int row = 0; row < batch.Rows; row++)
        {
            ReadOnlySpan<double> prediction = batch.Prediction(row);
            double largest = threshold is null ? Largest(prediction) : 0;
            double weight = batch.Weight(row);
            for (int column = 0; column < prediction.Length; column++)
            {
                double value = prediction[column];
                bool positive = threshold is { } limit ? value > limit : value >= largest && Math.Abs(value) > 1e-9;
                double target = batch.Target(row, column);
                _truePositives[column] += positive ? weight * target : 0;
                _falsePositives[column] += positive ? weight * (1 - target) : 0;
                _falseNegatives[column] += positive ? 0 : weight * target;
            }
        }
    }

    /// <summary>A ratio of the three counts of one class.</summary>
    public double Of(int column, Func<double, double, double, double> ratio) =>
        ratio(_truePositives[column], _falsePositives[column], _falseNegatives[column]);

    /// <summary>A ratio of the counts of all classes together.</summary>
    public double Micro(Func<double, double, double, double> ratio) =>
        ratio(_truePositives.Sum(), _falsePositives.Sum(), _falseNegatives.Sum());

    /// <summary>One number from those of the classes; NaN before the first batch.</summary>
    public double Average(MetricAverage average, Func<double, double, double, double> ratio)
    {
        if (Columns == 0)
            return double.NaN;
        if (average == MetricAverage.Micro)
            return Micro(ratio);
        double sum = 0;
        double weights = 0;
        for (int column = 0; column < Columns; column++)
        {
            double weight = average == MetricAverage.Weighted ? _truePositives[column] + _falseNegatives[column] : 1;
            sum += weight * Of(column, ratio);
            weights += weight;
        }
        return weights == 0 ? 0 : sum / weights;
    }

    private static double Largest(ReadOnlySpan<double> values)
    {
        double largest = values[0];
        foreach (double value in values)
            largest = value > largest ? value : largest;
        return largest;
    }
}
