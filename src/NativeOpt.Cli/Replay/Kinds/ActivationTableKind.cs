using NativeOpt.Backends;
using NativeOpt.Cli.Replay.Tensors;
using NativeOpt.Interop;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>An activation and its derivative at a list of points.</summary>
internal sealed class ActivationTableKind : IReplayKind
{
    /// <inheritdoc/>
    public string Name => "activation_table";

    /// <inheritdoc/>
    public void Replay(ReplayRun run)
    {
        run.Fields.Ignore("convention");
        Activation activation = ActivationReader.Read(run);
        Grid points = run.Inputs.Grid("x").AsColumn();
        NoptDtype dtype = run.Target.Dtype;
        using IBackend backend = run.Target.Open();
        using var x = new Matrix(dtype, points);
        using var y = new Matrix(dtype, points.Rows, 1);
        Operations.Run(
            backend, NoptOpKind.Activation, new NoptActivationArgs { Activation = (int)activation.Kind, X = x.Native, Y = y.Native });
        run.Check("y", y.ToArray());

        // The derivative is that of a dense layer of one weight, 1: dy = 1 becomes dy/dx.
        using var layer = new DenseLayer(backend, dtype, activation, new Grid(1, 1, [1]), null);
        using var dy = new Matrix(dtype, points.Filled(1));
        using var dx = new Matrix(dtype, points.Rows, 1);
        layer.Forward(x, y);
        layer.Backward(x, y, dy, dx);
        run.Check("dy_dx", dx.ToArray());
    }
}
