using NativeOpt.Backends;
using NativeOpt.Cli.Replay.Tensors;
using NativeOpt.Interop;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>Layer normalization: y, and the gradients of sum(y * upstream).</summary>
internal sealed class LayerNormKind : IReplayKind
{
    /// <inheritdoc/>
    public string Name => "layernorm";

    /// <inheritdoc/>
    public void Replay(ReplayRun run)
    {
        run.Fields.Ignore("convention");
        double epsilon = run.Hyper.Number(run.Hyper.Has("eps") ? "eps" : "epsilon", 1e-5);
        using IBackend backend = run.Target.Open();
        using var x = new Matrix(run.Target.Dtype, run.Inputs.Grid("X"));
        using var layer = new NormalizationOperation(
            backend, NoptNormalization.Layer, x, BatchNormKind.Optional(run.Inputs, "gamma"), BatchNormKind.Optional(run.Inputs, "beta"));
        BatchNormKind.Pass(run, layer, x, run.Expected, "", epsilon, momentum: 0, flags: 0);
    }
}
