using System.Numerics;

namespace NativeOpt.Optimizers.Closure;

/// <summary>What an <see cref="LBfgs"/> knows about one function, and its iterations.</summary>
internal sealed class LBfgsRun<T>(LBfgs settings, int length) where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LBfgsHistory<T> _history = new(settings.HistorySize);
    private readonly StrongWolfe<T>? _search = settings.LineSearch == LineSearch.StrongWolfe ? new(length, settings.ToleranceChange) : null;
    private readonly T[] _gradient = new T[length];
    private readonly T[] _gradientBefore = new T[length];
    private readonly T[] _direction = new T[length];
    private double _stepLength;

    /// <summary>Number of weights.</summary>
    public int Length => length;

    /// <summary>Iterations so far.</summary>
    public long IterationCount { get; private set; }

    /// <summary>Evaluations so far.</summary>
    public long EvaluationCount { get; private set; }

    /// <summary>Several iterations; see <see cref="ClosureOptimizer.Step(Span{float}, LossAndGradient{float})"/>.</summary>
    public double Step(Span<T> weights, LossAndGradient<T> function)
    {
        double first = Evaluate(function, weights);
        double loss = first;
        int evaluations = 1;
        if (DenseVector.MaxAbs<T>(_gradient) <= settings.ToleranceGradient)
            return first;
        for (int iteration = 1; iteration <= settings.MaxIterations; iteration++)
        {
            IterationCount++;
            ChooseDirection();
            double slope = DenseVector.Dot<T>(_gradient, _direction);
            double lossBefore = loss;
            _gradient.CopyTo(_gradientBefore, 0);
            _stepLength = settings.LearningRate * (IterationCount == 1 ? Math.Min(1, 1 / DenseVector.SumAbs<T>(_gradient)) : 1);
            if (slope > -settings.ToleranceChange)
                break;
            long before = EvaluationCount;
            bool isLast = iteration == settings.MaxIterations;
            loss = Move(weights, function, loss, slope, isLast);
            evaluations += (int)(EvaluationCount - before);
            if (isLast || evaluations >= settings.EvaluationLimit || HasConverged(loss, lossBefore))
                break;
        }
        return first;
    }

    private void ChooseDirection()
    {
        if (IterationCount > 1)
            _history.Add(_gradient, _gradientBefore, _direction, _stepLength);
        _history.Solve(_gradient, _direction);
    }

    /// <summary>Goes along the direction.</summary>
    /// <returns>The loss there; where nobody will ask for it any more, the one before.</returns>
    private double Move(Span<T> weights, LossAndGradient<T> function, double loss, double slope, bool isLast)
    {
        if (_search is not null)
        {
            LinePoint found = _search.Find(weights, _direction, _gradient, new LinePoint(0, loss, slope), _stepLength, function);
            EvaluationCount += _search.EvaluationCount;
            _stepLength = found.Position;
            DenseVector.AddScaled(weights, _stepLength, _direction);
            return found.Loss;
        }
        DenseVector.AddScaled(weights, _stepLength, _direction);
        return isLast ? loss : Evaluate(function, weights);
    }

    private bool HasConverged(double loss, double lossBefore) =>
        DenseVector.MaxAbs<T>(_gradient) <= settings.ToleranceGradient
        || DenseVector.MaxAbs<T>(_direction) * Math.Abs(_stepLength) <= settings.ToleranceChange
        || Math.Abs(loss - lossBefore) < settings.ToleranceChange;

    private double Evaluate(LossAndGradient<T> function, ReadOnlySpan<T> weights)
    {
        EvaluationCount++;
        return function(weights, _gradient);
    }
}
