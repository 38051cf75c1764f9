namespace NativeOpt;

/// <summary>
/// (1 + b^2) precision recall / (b^2 precision + recall) of each class, 0 where there is nothing: recall counts b times as much as
/// precision. Keras FBetaScore, whose denominators have 1e-7 more; by default the largest prediction of a row is positive, and the
/// result is the mean over the classes.
/// </summary>
public class FBetaScore : ClassCountMetric
{
    /// <summary>Named "fbeta_score".</summary>
    /// <param name="beta">b; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">b is not above 0.</exception>
    public FBetaScore(double beta = 1) : this("fbeta_score", beta) { }

    private protected FBetaScore(string name, double beta) : base(name) => Beta = Require.Positive(beta, nameof(beta));

    /// <summary>How much more recall counts.</summary>
    public double Beta { get; }

    private protected override double Ratio(double truePositives, double falsePositives, double falseNegatives)
    {
        double square = Beta * Beta;
        double found = (1 + square) * truePositives;
        return Quotient(found, found + square * falseNegatives + falsePositives);
    }
}
