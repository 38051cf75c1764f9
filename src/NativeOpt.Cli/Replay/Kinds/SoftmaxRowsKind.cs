using NativeOpt.Backends;
using NativeOpt.Cli.Replay.Tensors;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>Softmax of rows, and perhaps its logarithm.</summary>
internal sealed class SoftmaxRowsKind : IReplayKind
{
    /// <inheritdoc/>
    public string Name => "softmax_rows";

    /// <inheritdoc/>
    public void Replay(ReplayRun run)
    {
        run.Fields.Ignore("convention");
        Activation activation = ActivationReader.Read(run);
        using IBackend backend = run.Target.Open();
        using var x = new Matrix(run.Target.Dtype, run.Inputs.Grid("x"));
        using var y = new Matrix(run.Target.Dtype, x.Rows, x.Columns);
        run.Check("y", Apply(backend, activation, x, y));
        if (run.Expected.Has("log_softmax"))
            run.Check("log_softmax", Apply(backend, Activation.LogSoftmax, x, y));
    }

    private static double[] Apply(IBackend backend, Activation activation, Matrix x, Matrix y)
    {
        ActivationOperation.Forward(backend, activation, x, y);
        return y.ToArray();
    }
}
