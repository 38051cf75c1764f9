using NativeOpt.Backends;
using NativeOpt.Cli.Replay.Tensors;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>A penalty l1 sum |w| + l2 sum w^2 and its gradient.</summary>
internal sealed class PenaltyKind : IReplayKind
{
    /// <inheritdoc/>
    public string Name => "penalty";

    /// <inheritdoc/>
    public void Replay(ReplayRun run)
    {
        run.Fields.Ignore("convention");
        using IBackend backend = run.Target.Open();
        using var w = new Matrix(run.Target.Dtype, run.Inputs.Grid("W"));
        using var dw = new Matrix(run.Target.Dtype, run.Inputs.Grid("W").Filled(0));
        run.Check("penalty", PenaltyOperation.Run(backend, run.Hyper.Number("l1", 0), run.Hyper.Number("l2", 0), w, dw));
        run.Check("dW", dw.ToArray());
    }
}
