using System.Globalization;

namespace NativeOpt.Checking;

/// <summary>Compares gradients with central differences, element by element, and keeps the worst.</summary>
/// <param name="step">Half the distance of the two points of a difference.</param>
/// <param name="limit">Elements of one array that are compared at most, evenly spread.</param>
internal sealed class SlopeComparison(double step, int limit)
{
    private GradientCheckResult? _worst;
    private int _compared;

    /// <summary>The worst element so far.</summary>
    public GradientCheckResult Result => (_worst ?? new GradientCheckResult(0, "nothing", 0, 0, 0)) with { Compared = _compared };

    /// <summary>Moves elements of an array up and down and compares.</summary>
    /// <param name="name">Of the array.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="values">Its elements.</param>
    /// <param name="gradient">Their gradients.</param>
    /// <param name="lossAt">The loss with element i changed to a value; the element is then set back.</param>
    public void Compare(string name, int columns, double[] values, double[] gradient, Func<int, double, double> lossAt)
    {
        int count = Math.Min(values.Length, limit);
        for (int k = 0; k < count; k++)
        {
            int i = (int)((long)k * values.Length / count);
            double slope = (lossAt(i, values[i] + step) - lossAt(i, values[i] - step)) / (2 * step);
            Add(name, i / columns, i % columns, gradient[i], slope);
        }
    }

    private void Add(string name, int row, int column, double gradient, double slope)
    {
        _compared++;
        double error = Math.Abs(gradient - slope) / Math.Max(1, Math.Max(Math.Abs(gradient), Math.Abs(slope)));
        // A NaN is the worst there is.
        if (_worst is null || !(error <= _worst.LargestError))
            _worst = new GradientCheckResult(
                error, string.Create(CultureInfo.InvariantCulture, $"{name}[{row}, {column}]"), gradient, slope, 0);
    }
}
