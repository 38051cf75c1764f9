using System.Globalization;

namespace NativeOpt;

/// <summary>
/// Ends a Fit after the step whose loss is NaN or infinite. <see cref="TrainingDoctor"/> also says where it came from.
/// </summary>
/// <param name="raiseError">Whether the Fit fails instead of ending; false by default.</param>
public sealed class TerminateOnNaN(bool raiseError = false) : Callback
{
    private int _epoch;

    /// <summary>Epoch and batch, both from 0, after which the last Fit was ended; null where its losses were finite.</summary>
    public (int Epoch, int Batch)? Stopped { get; private set; }

    /// <inheritdoc/>
    public override void OnTrainBegin() => Stopped = null;

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch) => _epoch = epoch;

    /// <inheritdoc/>
    /// <exception cref="ArithmeticException">The loss is not finite, and that is to be an error.</exception>
    public override void OnBatchEnd(int batch, TrainingLogs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        double loss = logs["loss"];
        if (double.IsFinite(loss))
            return;
        Stopped = (_epoch, batch);
        if (raiseError)
            throw new ArithmeticException(string.Create(
                CultureInfo.InvariantCulture, $"the loss is {loss} after batch {batch} of epoch {_epoch}, both counted from 0"));
        Model.StopTraining = true;
    }
}
