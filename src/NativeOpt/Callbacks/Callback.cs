using NativeOpt.Training;

namespace NativeOpt;

/// <summary>
/// Code that runs between the steps of a Fit, on its thread. It may use the model (predict, evaluate, read and write weights,
/// change the learning rate, set <see cref="NativeOpt.Model.StopTraining"/>), but not start another Fit on it. An exception ends the Fit.
/// </summary>
/// <remarks>
/// The order is that of Keras: OnTrainBegin; for each epoch OnEpochBegin, OnBatchBegin and OnBatchEnd around each step, the validation
/// (OnTestBegin, OnTestBatchBegin and OnTestBatchEnd around each batch, OnTestEnd), OnEpochEnd; at last OnTrainEnd. Several callbacks
/// are called in the order of the list. Evaluate and Predict call their own callbacks only: those of a Fit around them are not told.
/// </remarks>
public abstract class Callback
{
    private Model? _model;
    private FitSettings? _settings;

    /// <summary>The model in training.</summary>
    /// <exception cref="InvalidOperationException">No Fit has begun with this callback.</exception>
    protected Model Model => _model ?? throw new InvalidOperationException("the callback has no model before a Fit begins");

    /// <summary>
    /// Whether the callback reads gradients (<see cref="NativeOpt.Model.GetGradients"/>) between the steps of a Fit; false by default.
    /// Where no callback does, a step need not keep them. Asked once, when a Fit begins.
    /// </summary>
    public virtual bool ReadsGradients => false;

    /// <summary>Before the first epoch.</summary>
    public virtual void OnTrainBegin() { }

    /// <summary>After the last epoch; not called when the Fit ends with an exception.</summary>
    /// <param name="logs">The numbers of the last epoch.</param>
    public virtual void OnTrainEnd(TrainingLogs logs) { }

    /// <summary>Before an epoch.</summary>
    /// <param name="epoch">From 0, as in Keras.</param>
    public virtual void OnEpochBegin(int epoch) { }

    /// <summary>After an epoch and its validation.</summary>
    /// <param name="epoch">From 0, as in Keras.</param>
    /// <param name="logs">Loss and metrics of the epoch, those of the validation with "val_" where there was one.</param>
    public virtual void OnEpochEnd(int epoch, TrainingLogs logs) { }

    /// <summary>Before a training step.</summary>
    /// <param name="batch">Within the epoch, from 0.</param>
    public virtual void OnBatchBegin(int batch) { }

    /// <summary>After a training step.</summary>
    /// <param name="batch">Within the epoch, from 0.</param>
    /// <param name="logs">Loss and metrics over the epoch so far.</param>
    public virtual void OnBatchEnd(int batch, TrainingLogs logs) { }

    /// <summary>Before the validation of an epoch, where there is one, or an evaluation.</summary>
    public virtual void OnTestBegin() { }

    /// <summary>After the validation of an epoch, or an evaluation.</summary>
    /// <param name="logs">Its loss and metrics, under names without "val_".</param>
    public virtual void OnTestEnd(TrainingLogs logs) { }

    /// <summary>Before a batch of a validation or evaluation.</summary>
    /// <param name="batch">From 0.</param>
    public virtual void OnTestBatchBegin(int batch) { }

    /// <summary>After a batch of a validation or evaluation.</summary>
    /// <param name="batch">From 0.</param>
    /// <param name="logs">Loss and metrics so far.</param>
    public virtual void OnTestBatchEnd(int batch, TrainingLogs logs) { }

    /// <summary>Before a prediction.</summary>
    public virtual void OnPredictBegin() { }

    /// <summary>After a prediction.</summary>
    public virtual void OnPredictEnd() { }

    /// <summary>Before a batch of a prediction.</summary>
    /// <param name="batch">From 0.</param>
    public virtual void OnPredictBatchBegin(int batch) { }

    /// <summary>After a batch of a prediction.</summary>
    /// <param name="batch">From 0.</param>
    public virtual void OnPredictBatchEnd(int batch) { }

    /// <summary>
    /// Writes down what the callback knows and could not know anew, for a checkpoint (<see cref="NativeOpt.Model.Save"/> during a Fit). By
    /// default nothing.
    /// </summary>
    /// <param name="state">Receives it.</param>
    public virtual void SaveState(CallbackState state) { }

    /// <summary>
    /// Takes over what <see cref="SaveState"/> has written: after OnTrainBegin of all callbacks, in the first Fit of a model that was
    /// loaded.
    /// </summary>
    /// <param name="state">What was written.</param>
    public virtual void LoadState(CallbackState state) { }

    /// <summary>What the Fit was asked to do.</summary>
    internal FitSettings Settings => _settings ?? throw new InvalidOperationException("the callback has no data before a Fit begins");

    internal void Attach(Model model, FitSettings? settings) => (_model, _settings) = (model, settings ?? _settings);

    /// <summary>Whether it is called behind all others, whatever its place in the list.</summary>
    internal virtual bool IsCalledLast => false;

    /// <summary>Releases what is held during a Fit only; called at its end, however it came about.</summary>
    internal virtual void Release() { }
}
