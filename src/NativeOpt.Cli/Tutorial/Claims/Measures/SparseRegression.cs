using NativeOpt.Data;

namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>
/// Linear regression on features of which a few are seen in every second row and most hardly ever, as words in texts: feature k is there
/// with probability 1 / (2 + k^2/16), and is then plus or minus 1. All of them matter alike.
/// </summary>
internal sealed class SparseRegression : ArrayProblem
{
    private const int BatchRows = 8;
    private const double TargetNoise = 0.1;

    private readonly Row[] _rows;
    private readonly double[] _truth;
    private int _next;

    private SparseRegression(Row[] rows, double[] truth) => (_rows, _truth) = (rows, truth);

    private readonly record struct Row(int[] Features, double[] Values, double Target);

    /// <inheritdoc/>
    public override int Length => _truth.Length;

    /// <summary>Problems with the same rows, each from its beginning: drawing them takes longer than learning from them.</summary>
    /// <param name="length">Number of features.</param>
    /// <param name="steps">Steps there must be rows for.</param>
    /// <param name="seed">Decides everything.</param>
    public static Func<SparseRegression> Prepare(int length, int steps, long seed)
    {
        var random = new RandomSequence(seed, stream: 0);
        var truth = new double[length];
        random.FillNormal(truth);
        Row[] rows = [.. Enumerable.Range(0, steps * BatchRows).Select(_ => Draw(random, truth))];
        return () => new SparseRegression(rows, truth);
    }

    /// <summary>Whether a feature is among the eighth that is seen most.</summary>
    public bool IsFrequent(int feature) => feature < Length / 8;

    /// <summary>Whether a feature is among the half that is seen least.</summary>
    public bool IsRare(int feature) => feature >= Length / 2;

    /// <inheritdoc/>
    public override void NextGradient(ReadOnlySpan<float> weights, Span<float> gradient)
    {
        gradient.Clear();
        for (int i = 0; i < BatchRows; i++)
        {
            Row row = _rows[_next++];
            double error = -row.Target;
            for (int j = 0; j < row.Features.Length; j++)
                error += weights[row.Features[j]] * row.Values[j];
            for (int j = 0; j < row.Features.Length; j++)
                gradient[row.Features[j]] += (float)(error * row.Values[j] / BatchRows);
        }
    }

    /// <inheritdoc/>
    public override double Error(ReadOnlySpan<float> weights)
    {
        double left = 0, all = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            left += (weights[i] - _truth[i]) * (weights[i] - _truth[i]);
            all += _truth[i] * _truth[i];
        }
        return left / all;
    }

    private static double Frequency(int feature) => 1 / (2 + feature * feature / 16.0);

    private static Row Draw(RandomSequence random, double[] truth)
    {
        int[] features = [.. Enumerable.Range(0, truth.Length).Where(k => random.NextFraction() < Frequency(k))];
        double[] values = Array.ConvertAll(features, _ => random.NextFraction() < 0.5 ? -1.0 : 1);
        double target = features.Zip(values).Sum(pair => truth[pair.First] * pair.Second) + TargetNoise * random.NextNormal();
        return new Row(features, values, target);
    }
}
