using NativeOpt.Data;

namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>
/// A quadratic of which every weight has a curvature of its own, evenly spread on a logarithmic scale from 1 to the condition number. Its
/// minimum may wander, and its gradients may be noisy.
/// </summary>
internal sealed class Quadratic : ArrayProblem
{
    private readonly RandomSequence _random;
    private readonly double[] _curvature, _minimum, _phase;
    private readonly double _startLoss;
    private int _step;

    /// <summary>The problem of a seed.</summary>
    public Quadratic(int length, double condition, long seed)
    {
        _random = new RandomSequence(seed, stream: 0);
        _curvature = [.. Enumerable.Range(0, length).Select(i => Math.Pow(condition, (double)i / (length - 1)))];
        (_minimum, _phase) = (new double[length], new double[length]);
        _random.FillNormal(_minimum);
        _random.FillBetween(_phase, 0, 2 * Math.PI);
        _startLoss = _curvature.Zip(_minimum).Sum(pair => pair.First * pair.Second * pair.Second);
    }

    /// <summary>Standard deviation of the noise on each number of a gradient; 0: none.</summary>
    public double Noise { get; init; }

    /// <summary>Steps in which the minimum goes around once, as far from 0 as it was; 0: it stays.</summary>
    public double Period { get; init; }

    /// <inheritdoc/>
    public override int Length => _minimum.Length;

    /// <inheritdoc/>
    public override void NextGradient(ReadOnlySpan<float> weights, Span<float> gradient)
    {
        _step++;
        for (int i = 0; i < gradient.Length; i++)
            gradient[i] = (float)(_curvature[i] * (weights[i] - Minimum(i)) + (Noise > 0 ? Noise * _random.NextNormal() : 0));
    }

    /// <inheritdoc/>
    public override double Error(ReadOnlySpan<float> weights)
    {
        double loss = 0;
        for (int i = 0; i < weights.Length; i++)
            loss += _curvature[i] * (weights[i] - Minimum(i)) * (weights[i] - Minimum(i));
        return loss / _startLoss;
    }

    private double Minimum(int i) =>
        Period > 0 ? _minimum[i] * Math.Sqrt(2) * Math.Sin(2 * Math.PI * _step / Period + _phase[i]) : _minimum[i];
}
