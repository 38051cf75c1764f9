using NativeOpt.Backends;
using NativeOpt.Cli.Replay.Tensors;
using NativeOpt.Interop;

namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>A loss and its gradient with respect to the predictions.</summary>
internal sealed class LossKind : IReplayKind
{
    /// <inheritdoc/>
    public string Name => "loss";

    /// <inheritdoc/>
    public void Replay(ReplayRun run)
    {
        run.Fields.Ignore("convention");
        LossCase loss = LossCase.Read(run);
        NoptDtype dtype = run.Target.Dtype;
        using IBackend backend = run.Target.Open();
        using var y = new Matrix(dtype, run.Inputs.Grid("y_pred"));
        using var targets = loss.Loss.TakesLabels
            ? new Matrix(NoptDtype.I32, run.Inputs.Grid("labels").AsColumn())
            : new Matrix(dtype, run.Inputs.Grid("y_true"));
        using Matrix? weights = run.Inputs.Has("sample_weight") ? new Matrix(dtype, run.Inputs.Grid("sample_weight").AsColumn()) : null;
        using var dy = new Matrix(dtype, y.Rows, y.Columns);
        double scale = loss.Scale(y.Rows, y.Columns);
        double sum = LossOperation.Run(backend, loss.Loss, loss.FromLogits, y, targets, weights, scale, dy);
        run.Check("loss", sum * scale);
        run.Check("d_y_pred", dy.ToArray());
        if (run.Expected.Has("keras_loss"))
            run.Check("keras_loss", sum * scale);
    }
}
