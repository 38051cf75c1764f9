namespace NativeOpt.Doctor;

/// <summary>Whether the losses of steps have risen far above those of the beginning and stay there.</summary>
internal sealed class LossTrend
{
    private const int Window = 20;
    private const int FirstRows = 16;
    private const int Confirmations = 2;
    private const double Beyond = 10;

    private double _firstSum;
    private long _firstSteps;
    private long _rows;
    private double _windowSum;
    private int _windowSteps;
    private int _high;

    /// <summary>Mean loss of the first steps, up to 16 rows: with a usual batch that of the first, before any update.</summary>
    public double First => _firstSum / _firstSteps;

    /// <summary>Mean loss of the last whole window of 20 steps.</summary>
    public double Last { get; private set; }

    /// <summary>Whether the mean loss of the steps since the last window is far beyond the limit: ten times it.</summary>
    public bool IsBeyond(double factor) => _windowSteps > 0 && IsHigh(_windowSum / _windowSteps, factor * Beyond);

    /// <summary>Mean loss of the steps since the last window.</summary>
    public double Latest => _windowSum / _windowSteps;

    /// <summary>Takes a loss.</summary>
    /// <param name="loss">Of one step; finite.</param>
    /// <param name="rows">Rows of the step.</param>
    /// <param name="factor">How many times the first losses are too high.</param>
    /// <returns>Whether two windows in a row were too high, or one by ten times as much.</returns>
    public bool Add(double loss, int rows, double factor)
    {
        if (_rows < FirstRows)
        {
            _firstSum += loss;
            _firstSteps++;
            _rows += Math.Max(rows, 1);
        }
        _windowSum += loss;
        if (++_windowSteps < Window)
            return false;
        Last = _windowSum / Window;
        (_windowSum, _windowSteps) = (0, 0);
        _high = IsHigh(Last, factor) ? _high + 1 : 0;
        return _high == Confirmations || IsHigh(Last, factor * Beyond);
    }

    private bool IsHigh(double loss, double factor) => loss - First > (factor - 1) * Math.Abs(First);
}
