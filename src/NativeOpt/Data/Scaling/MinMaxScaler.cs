using System.Globalization;
using NativeOpt.Data.Scaling;

namespace NativeOpt;

/// <summary>
/// Columns from the smaller to the larger number of a range: y = (x - min) / (max - min) * (high - low) + low, as in scikit-learn. A
/// constant column becomes low.
/// </summary>
public sealed class MinMaxScaler : FeatureScaler
{
    private double[]? _minimum, _maximum;

    /// <summary>Where the numbers of the rows in Fit go; (0, 1) by default. Low is below High.</summary>
    public (double Low, double High) FeatureRange
    {
        get;
        init => field = float.IsFinite((float)value.Low) && float.IsFinite((float)value.High) && value.Low < value.High
            ? value
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"FeatureRange is ({value.Low}, {value.High}); both must be finite and the first below the second"), nameof(FeatureRange));
    } = (0, 1);

    /// <summary>Whether numbers outside of what Fit has seen are set to the ends of the range; false by default.</summary>
    public bool Clip { get; init; }

    /// <summary>The smallest number of each column.</summary>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    public IReadOnlyList<double> DataMinimum => RequireFitted(_minimum);

    /// <summary>The largest number of each column.</summary>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    public IReadOnlyList<double> DataMaximum => RequireFitted(_maximum);

    internal override string Kind => "min_max";

    internal override IEnumerable<(string Name, IReadOnlyList<double> Values)> Learnt =>
        [("minimum", DataMinimum), ("maximum", DataMaximum)];

    private protected override double Base => FeatureRange.Low;

    /// <summary>From numbers that were learnt before.</summary>
    internal void Restore(double[] minimum, double[] maximum)
    {
        (_minimum, _maximum) = (minimum, maximum);
        double width = FeatureRange.High - FeatureRange.Low;
        var unit = new double[minimum.Length];
        for (int j = 0; j < unit.Length; j++)
            unit[j] = (maximum[j] > minimum[j] ? maximum[j] - minimum[j] : 1) / width;
        SetColumns(minimum, unit);
    }

    private protected override void Learn(ColumnStatistics statistics) => Restore(statistics.Minimum, statistics.Maximum);

    private protected override float Limit(float value) =>
        Clip ? Math.Clamp(value, (float)FeatureRange.Low, (float)FeatureRange.High) : value;
}
