using System.Numerics;

namespace NativeOpt.Optimizers.Closure;

/// <summary>
/// A line search for the strong Wolfe conditions (Nocedal &amp; Wright 2006, algorithms 3.5 and 3.6) with the choices of PyTorch, which
/// has them from minFunc: brackets an interval, then narrows it by cubic interpolation.
/// </summary>
internal sealed class StrongWolfe<T>(int length, double toleranceChange) where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double Armijo = 1e-4, Curvature = 0.9;
    private const int MaxIterations = 25;

    private readonly T[] _point = new T[length];

    // The two ends of the interval with their gradients, and the point that was tried last with its own.
    private readonly LinePoint[] _ends = new LinePoint[2];
    private readonly T[][] _gradients = [new T[length], new T[length]];
    private T[] _triedGradient = new T[length];
    private LinePoint _start, _tried;
    private int _low;

    /// <summary>Evaluations of the last search.</summary>
    public int EvaluationCount { get; private set; }

    /// <summary>Finds a point.</summary>
    /// <param name="weights">Where the line begins; left as they are.</param>
    /// <param name="direction">The direction.</param>
    /// <param name="gradient">The gradient at the beginning; becomes that of the point found.</param>
    /// <param name="start">The beginning of the line, at position 0.</param>
    /// <param name="first">The position that is tried first.</param>
    /// <param name="function">Evaluates a point.</param>
    public LinePoint Find(ReadOnlySpan<T> weights, ReadOnlySpan<T> direction, Span<T> gradient, LinePoint start, double first,
        LossAndGradient<T> function)
    {
        (_start, EvaluationCount) = (start, 0);
        int iteration = 0;
        if (!Bracket(weights, direction, gradient, first, function, ref iteration))
            Narrow(weights, direction, function, iteration);
        _gradients[_low].CopyTo(gradient);
        return _ends[_low];
    }

    /// <summary>Goes on until there is an interval with a good point in it, or such a point.</summary>
    /// <returns>Whether the lower end fulfils the conditions.</returns>
    private bool Bracket(ReadOnlySpan<T> weights, ReadOnlySpan<T> direction, ReadOnlySpan<T> gradient, double first,
        LossAndGradient<T> function, ref int iteration)
    {
        _ends[0] = _start;
        gradient.CopyTo(_gradients[0]);
        Try(first, weights, direction, function);
        for (; iteration < MaxIterations; iteration++)
        {
            LinePoint previous = _ends[0];
            bool isFlat = IsFlatEnough(_tried);
            bool isWorse = FailsArmijo(_tried) || (iteration > 1 && _tried.Loss >= previous.Loss);
            if (isWorse || (!isFlat && _tried.Slope >= 0))
                return KeepInterval();
            double farther = isFlat ? 0 : LinePoint.MinimumOfCubic(
                previous, _tried, _tried.Position + 0.01 * (_tried.Position - previous.Position), 10 * _tried.Position);
            ReplaceByTried(0);
            if (isFlat)
            {
                _low = 0;
                return true;
            }
            Try(farther, weights, direction, function);
        }
        // Nothing found: the better one of the beginning and the last point.
        _ends[0] = _start;
        gradient.CopyTo(_gradients[0]);
        return KeepInterval();
    }

    /// <summary>Makes the interval smaller until a point in it fulfils the conditions.</summary>
    private void Narrow(ReadOnlySpan<T> weights, ReadOnlySpan<T> direction, LossAndGradient<T> function, int iteration)
    {
        double size = DenseVector.MaxAbs(direction);
        bool wasNearAnEnd = false;
        for (bool done = false; !done && iteration < MaxIterations; iteration++)
        {
            if (Math.Abs(_ends[1].Position - _ends[0].Position) * size < toleranceChange)
                return;
            Try(ChooseInside(ref wasNearAnEnd), weights, direction, function);
            if (FailsArmijo(_tried) || _tried.Loss >= _ends[_low].Loss)
            {
                ReplaceByTried(1 - _low);
                ChooseLow();
                continue;
            }
            done = IsFlatEnough(_tried);
            if (!done && _tried.Slope * (_ends[1 - _low].Position - _ends[_low].Position) >= 0)
            {
                // The minimum is on the other side: the low end becomes the high one.
                _ends[1 - _low] = _ends[_low];
                (_gradients[0], _gradients[1]) = (_gradients[1], _gradients[0]);
            }
            ReplaceByTried(_low);
        }
    }

    /// <summary>The minimum of the cubic, but not twice in a row next to an end of the interval.</summary>
    private double ChooseInside(ref bool wasNearAnEnd)
    {
        double left = Math.Min(_ends[0].Position, _ends[1].Position), right = Math.Max(_ends[0].Position, _ends[1].Position);
        double t = LinePoint.MinimumOfCubic(_ends[0], _ends[1], left, right);
        double margin = 0.1 * (right - left);
        bool isNearAnEnd = Math.Min(right - t, t - left) < margin;
        if (isNearAnEnd && (wasNearAnEnd || t >= right || t <= left))
        {
            t = Math.Abs(t - right) < Math.Abs(t - left) ? right - margin : left + margin;
            isNearAnEnd = false;
        }
        wasNearAnEnd = isNearAnEnd;
        return t;
    }

    /// <summary>The interval from the point before to the one that was tried.</summary>
    private bool KeepInterval()
    {
        ReplaceByTried(1);
        ChooseLow();
        return false;
    }

    private void ChooseLow() => _low = _ends[0].Loss <= _ends[1].Loss ? 0 : 1;

    private void ReplaceByTried(int end)
    {
        _ends[end] = _tried;
        (_gradients[end], _triedGradient) = (_triedGradient, _gradients[end]);
    }

    private void Try(double position, ReadOnlySpan<T> weights, ReadOnlySpan<T> direction, LossAndGradient<T> function)
    {
        DenseVector.Combine(_point, weights, position, direction);
        double loss = function(_point, _triedGradient);
        EvaluationCount++;
        _tried = new LinePoint(position, loss, DenseVector.Dot(_triedGradient, direction));
    }

    private bool FailsArmijo(LinePoint point) => point.Loss > _start.Loss + Armijo * point.Position * _start.Slope;

    private bool IsFlatEnough(LinePoint point) => Math.Abs(point.Slope) <= -Curvature * _start.Slope;
}
