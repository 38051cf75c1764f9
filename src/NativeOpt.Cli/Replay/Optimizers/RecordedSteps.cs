using System.Numerics;
using NativeOpt.Optimizers;

namespace NativeOpt.Cli.Replay.Optimizers;

/// <summary>All that a case has recorded of a run: weights, and perhaps losses and averages.</summary>
internal sealed class RecordedSteps<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ReplayRun _run;
    private readonly ReplayProblem<T> _problem;
    private readonly Drift _drift;
    private readonly ExpectedSteps _weights;
    private readonly ExpectedSteps? _losses, _averages, _movingAverages;

    /// <summary>Reads the series.</summary>
    public RecordedSteps(ReplayRun run, ReplayProblem<T> problem)
    {
        (_run, _problem, _drift) = (run, problem, new Drift(run));
        _weights = ExpectedSteps.Read(run, "weights");
        _losses = ReadOptional("loss_after_step");
        _averages = ReadOptional("averaged_weights");
        _movingAverages = ReadOptional("ema");
        // Muon as PyTorch runs it, in bfloat16: for information, says the schema.
        run.Expected.Ignore("weights_bf16");
    }

    /// <summary>The last step that anything was recorded at.</summary>
    public int Last => new[] { _weights, _losses, _averages, _movingAverages }.Max(series => series?.Last ?? 0);

    /// <summary>Compares what was recorded at this step, if anything was.</summary>
    public void Compare(int step, ReplayParameters<T> parameters)
    {
        double? tolerance = _drift.ToleranceAt(step);
        _weights.Compare(_run, step, tolerance, () => ToDoubles(parameters.Weights));
        _averages?.Compare(_run, step, tolerance, () => parameters.Slot("ax"));
        _movingAverages?.Compare(_run, step, tolerance, () => parameters.Slot(WeightAverage.SlotName));
        _losses?.Compare(_run, step, ToleranceOfLoss(tolerance, step, parameters.Weights),
            () => [double.CreateTruncating(_problem.Loss(parameters.Weights))]);
    }

    /// <summary>A loss may be off by as much as the tolerance of the weights moves it, to first order.</summary>
    private double? ToleranceOfLoss(double? tolerance, int step, ReadOnlySpan<T> w)
    {
        if (tolerance is not { } limit || _losses!.At(step) is not [double loss])
            return tolerance;
        double[] gradient = ToDoubles(_problem.Gradient(w, step));
        double slope = 0;
        for (int i = 0; i < w.Length; i++)
            slope += Math.Abs(gradient[i]) * Math.Max(1, Math.Abs(double.CreateTruncating(w[i])));
        return limit * (1 + slope / Math.Max(1, Math.Abs(loss)));
    }

    private ExpectedSteps? ReadOptional(string name) => _run.Expected.Has(name) ? ExpectedSteps.Read(_run, name) : null;

    private static double[] ToDoubles(T[] values) => Array.ConvertAll(values, double.CreateTruncating);
}
