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
        var loss = new LossCase(run);
        (NoptDtype dtype, Fields inputs) = (run.Target.Dtype, run.Inputs);
        using IBackend backend = run.Target.Open();
        using var y = new Matrix(dtype, inputs.Grid("y_pred"));
        using var targets = loss.TakesLabels
            ? new Matrix(NoptDtype.I32, inputs.Grid("labels").AsColumn())
            : new Matrix(dtype, inputs.Grid("y_true"));
        using Matrix? samples = inputs.Has("sample_weight") ? new Matrix(dtype, inputs.Grid("sample_weight").AsColumn()) : null;
        using Matrix? classes = inputs.Has("class_weight") ? new Matrix(dtype, inputs.Grid("class_weight")) : null;
        using var dy = new Matrix(dtype, y.Rows, y.Columns);
        double scale = loss.Scale(
            y.Rows, y.Columns, loss.TakesLabels ? inputs.Integers("labels") : null,
            classes is null ? null : inputs.Numbers("class_weight"), samples is null ? null : inputs.Numbers("sample_weight"));

        run.Check("loss", scale * LossOperation.Run(backend, loss.OwnArguments, y, targets, scale, dy, samples, classes));
        run.Check("d_y_pred", dy.ToArray());
        if (run.Expected.Has("keras_loss"))
            run.Check("keras_loss", scale * LossOperation.Run(backend, loss.Arguments, y, targets, scale, dy, samples, classes));
    }
}
