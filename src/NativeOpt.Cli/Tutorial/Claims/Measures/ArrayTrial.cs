using System.Numerics.Tensors;

namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>What an optimizer did with a problem.</summary>
/// <param name="LearningRate">Its rate.</param>
/// <param name="Error">What is left to do, in the mean over the second half of the steps; infinite where it diverged.</param>
/// <param name="FinalError">The same in the mean over the last tenth of the steps.</param>
/// <param name="Moved">For each weight, where all steps together have moved it.</param>
/// <param name="Pulled">The sum of all of its gradients: gradient descent moves it by the rate times this.</param>
/// <param name="EarlyRate">The rate of all weights together in the first tenth of the steps.</param>
/// <param name="LateRate">That of the last tenth.</param>
/// <param name="Smoothness">Mean cosine of the angle between an update and the next one.</param>
internal sealed record ArrayTrial(
    double LearningRate, double Error, double FinalError, IReadOnlyList<double> Moved, IReadOnlyList<double> Pulled,
    double EarlyRate, double LateRate, double Smoothness)
{
    /// <summary>Rates from which the best one is taken, so that no optimizer suffers from a rate that suits another.</summary>
    public static IReadOnlyList<double> Rates { get; } = [100, 30, 10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003];

    /// <summary>The rate at which some of the weights were moved, all steps together.</summary>
    public double RateOf(Func<int, bool> holds)
    {
        int[] weights = [.. Enumerable.Range(0, Moved.Count).Where(holds)];
        return weights.Sum(weight => Math.Abs(Moved[weight])) / weights.Sum(weight => Math.Abs(Pulled[weight]));
    }

    /// <summary>Takes all steps.</summary>
    public static ArrayTrial Run(ArrayProblem problem, OptimizerRule rule, int steps, BackendKind backend)
    {
        float[] weights = new float[problem.Length], gradient = new float[problem.Length];
        var record = new TrialRecord(problem.Length, steps);
        using var optimizer = new Optimizer(rule, backend);
        for (int step = 0; step < steps && record.IsFinite; step++)
        {
            problem.NextGradient(weights, gradient);
            record.Before(weights, gradient);
            optimizer.Step(weights, gradient);
            record.After(weights, problem.Error(weights));
        }
        return record.ToTrial(rule.LearningRate.InitialValue);
    }

    /// <summary>The trial at the rate that leaves least to do.</summary>
    public static ArrayTrial RunBest(Func<ArrayProblem> create, TutorialOptimizer optimizer, int steps, BackendKind backend) =>
        Rates.Select(rate => Run(create(), optimizer.At(rate), steps, backend)).MinBy(trial => trial.FinalError)!;

    /// <summary>Adds up what a trial shows.</summary>
    private sealed class TrialRecord(int length, int steps)
    {
        private readonly float[] _before = new float[length], _update = new float[length], _lastUpdate = new float[length];
        private readonly double[] _moved = new double[length], _pulled = new double[length];
        private readonly double[] _errors = new double[steps], _movedIn = new double[steps], _gradientIn = new double[steps];
        private double _cosines;
        private int _step;

        public bool IsFinite { get; private set; } = true;

        public void Before(ReadOnlySpan<float> weights, ReadOnlySpan<float> gradient)
        {
            weights.CopyTo(_before);
            for (int i = 0; i < length; i++)
                _pulled[i] += gradient[i];
            _gradientIn[_step] = TensorPrimitives.SumOfMagnitudes(gradient);
        }

        public void After(ReadOnlySpan<float> weights, double error)
        {
            _update.CopyTo(_lastUpdate, 0);
            TensorPrimitives.Subtract(weights, _before, _update);
            for (int i = 0; i < length; i++)
                _moved[i] += _update[i];
            _movedIn[_step] = TensorPrimitives.SumOfMagnitudes<float>(_update);
            if (_step > 0 && TensorPrimitives.Norm<float>(_lastUpdate) > 0 && TensorPrimitives.Norm<float>(_update) > 0)
                _cosines += TensorPrimitives.CosineSimilarity<float>(_lastUpdate, _update);
            // An error that a thousand times exceeds the first one does not come back.
            IsFinite = error < 1000;
            _errors[_step++] = error;
        }

        public ArrayTrial ToTrial(double learningRate)
        {
            int tenth = Math.Max(1, steps / 10);
            return new ArrayTrial(
                learningRate, Mean(steps / 2), Mean(steps - tenth), _moved, _pulled,
                _movedIn.Take(tenth).Sum() / _gradientIn.Take(tenth).Sum(),
                _movedIn.TakeLast(tenth).Sum() / _gradientIn.TakeLast(tenth).Sum(), _cosines / Math.Max(1, _step - 1));
        }

        private double Mean(int first) => IsFinite ? _errors.Skip(first).Average() : double.PositiveInfinity;
    }
}
