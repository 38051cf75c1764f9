using NativeOpt.Backends;
using NativeOpt.Cli.Replay.Tensors;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>A dense layer: y, and the gradients of sum(y * upstream).</summary>
internal sealed class DenseKind : IReplayKind
{
    /// <inheritdoc/>
    public string Name => "dense";

    /// <inheritdoc/>
    public void Replay(ReplayRun run)
    {
        run.Fields.Ignore("convention");
        Fields inputs = run.Inputs;
        bool usesBias = run.Fields.FindObject("hyper")?.Flag("use_bias", inputs.Has("b")) ?? inputs.Has("b");
        using IBackend backend = run.Target.Open();
        using var layer = new DenseLayer(
            backend, run.Target.Dtype, ActivationReader.Read(run), inputs.Grid("W"), usesBias ? inputs.Grid("b") : null);
        using var x = new Matrix(run.Target.Dtype, inputs.Grid("X"));
        using var dy = new Matrix(run.Target.Dtype, inputs.Grid("upstream"));
        using var y = new Matrix(run.Target.Dtype, x.Rows, layer.Units);
        using var dx = new Matrix(run.Target.Dtype, x.Rows, layer.Inputs);

        layer.Forward(x, y);
        run.Check("y", y.ToArray());
        layer.Backward(x, y, dy, dx);
        run.Check("dX", dx.ToArray());
        run.Check("dW", layer.Dw.ToArray());
        if (layer.Db is { } db)
            run.Check("db", db.ToArray());
    }
}
