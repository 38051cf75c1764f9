namespace NativeOpt;

/// <summary>
/// The correlation between actual and predicted classes, in [-1, 1], for two classes (Matthews 1975) and more (Gorodkin 2004); 0
/// where all rows are of one class or taken for one. scikit-learn's matthews_corrcoef.
/// </summary>
public sealed class MatthewsCorrelation : ConfusionMatrix
{
    /// <summary>Named "matthews_correlation".</summary>
    public MatthewsCorrelation() : base("matthews_correlation") { }

    /// <inheritdoc/>
    public override double Result
    {
        get
        {
            double right = 0, all = 0, both = 0, actualSquares = 0, predictedSquares = 0;
            for (int i = 0; i < Classes; i++)
            {
                double actual = 0, predicted = 0;
                for (int j = 0; j < Classes; j++)
                {
                    actual += this[i, j];
                    predicted += this[j, i];
                }
                right += this[i, i];
                all += actual;
                both += actual * predicted;
                actualSquares += actual * actual;
                predictedSquares += predicted * predicted;
            }
            double divisor = Math.Sqrt((all * all - predictedSquares) * (all * all - actualSquares));
            return all == 0 ? double.NaN : divisor == 0 ? 0 : (right * all - both) / divisor;
        }
    }
}
