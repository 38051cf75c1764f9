namespace NativeOpt.Cli.Replay.Optimizers;

/// <summary>What the other library's floats drifted from its doubles, by step, and what follows for the tolerance.</summary>
internal sealed class Drift
{
    private readonly ReplayTarget _target;
    private readonly Fields? _drift;
    private readonly bool _isChaotic;

    /// <summary>Reads "f32_vs_f64_err" and "tolerance_note" of a case.</summary>
    public Drift(ReplayRun run)
    {
        _target = run.Target;
        _isChaotic = run.Fields.Has("tolerance_note");
        _drift = run.Fields.FindObject("f32_vs_f64_err");
        _drift?.Ignore([.. _drift.Names]);
    }

    /// <summary>The tolerance of weights at a step; null: not compared.</summary>
    public double? ToleranceAt(int step) => Tolerances.ForStep(_target, At(step), _isChaotic);

    /// <summary>
    /// The same for paths that a line search decides: there doubles drift as floats do, and PyTorch itself gives other numbers on
    /// another processor.
    /// </summary>
    public double? ChaoticToleranceAt(int step) => _target.IsDouble && At(step) is { } drift
        ? Tolerances.ForDriftOfDoubles(drift)
        : Tolerances.ForStep(_target, At(step), isChaotic: true);

    private double? At(int step) => _drift?.OptionalNumber(FormattableString.Invariant($"{step}"));
}
