using NativeOpt.Data.Scaling;

namespace NativeOpt;

/// <summary>
/// Columns of mean 0 and standard deviation 1: y = (x - mean) / deviation, with the deviation of the population (divided by the number
/// of rows), as in scikit-learn. A constant column becomes 0.
/// </summary>
public sealed class StandardScaler : FeatureScaler
{
    private double[]? _mean, _variance;

    /// <summary>Whether the mean is subtracted; true by default.</summary>
    public bool WithMean { get; init; } = true;

    /// <summary>Whether columns are divided by their deviation; true by default.</summary>
    public bool WithStd { get; init; } = true;

    /// <summary>The mean of each column.</summary>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    public IReadOnlyList<double> Mean => RequireFitted(_mean);

    /// <summary>The variance of each column.</summary>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    public IReadOnlyList<double> Variance => RequireFitted(_variance);

    internal override string Kind => "standard";

    internal override IEnumerable<(string Name, IReadOnlyList<double> Values)> Learnt => [("mean", Mean), ("variance", Variance)];

    /// <summary>From numbers that were learnt before.</summary>
    internal void Restore(double[] mean, double[] variance)
    {
        (_mean, _variance) = (mean, variance);
        SetColumns(
            WithMean ? mean : new double[mean.Length],
            Array.ConvertAll(variance, v => WithStd && v > 0 ? Math.Sqrt(v) : 1));
    }

    private protected override void Learn(ColumnStatistics statistics) =>
        Restore(statistics.Mean, statistics.Variance());
}
