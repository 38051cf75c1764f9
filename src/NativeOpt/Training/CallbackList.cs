namespace NativeOpt.Training;

/// <summary>The callbacks of a run, called in their order. Calling them allocates nothing.</summary>
internal sealed class CallbackList
{
    private readonly Callback[] _callbacks;

    private CallbackList(Callback[] callbacks) => _callbacks = callbacks;

    /// <summary>The callbacks.</summary>
    public IReadOnlyList<Callback> Callbacks => _callbacks;

    /// <summary>Whether one of them wants to see gradients and activations of training steps.</summary>
    public bool ReadsGradients => Array.Exists(_callbacks, callback => callback.ReadsGradients);

    /// <summary>A copy of a list that may be absent; those that are called last are at its end.</summary>
    /// <exception cref="ArgumentException">One is null.</exception>
    public static CallbackList Require(IEnumerable<Callback>? callbacks)
    {
        Callback[] all = [.. callbacks ?? []];
        int missing = Array.IndexOf(all, null);
        if (missing >= 0)
            throw new ArgumentException($"callbacks[{missing}] is null", nameof(callbacks));
        return new CallbackList([.. all.OrderBy(callback => callback.IsCalledLast)]);
    }

    /// <summary>Tells the callbacks whose they are.</summary>
    /// <param name="model">The model that runs.</param>
    /// <param name="settings">What Fit was asked to do; null: another run, within a Fit that may go on around it.</param>
    public void Attach(Model model, FitSettings? settings = null)
    {
        foreach (Callback callback in _callbacks)
            callback.Attach(model, settings);
    }

    /// <summary>The end of a Fit, however it came about.</summary>
    public void Release()
    {
        foreach (Callback callback in _callbacks)
            callback.Release();
    }

    public void TrainBegin()
    {
        foreach (Callback callback in _callbacks)
            callback.OnTrainBegin();
    }

    public void TrainEnd(TrainingLogs logs)
    {
        foreach (Callback callback in _callbacks)
            callback.OnTrainEnd(logs);
    }

    public void EpochBegin(int epoch)
    {
        foreach (Callback callback in _callbacks)
            callback.OnEpochBegin(epoch);
    }

    public void EpochEnd(int epoch, TrainingLogs logs)
    {
        foreach (Callback callback in _callbacks)
            callback.OnEpochEnd(epoch, logs);
    }

    public void BatchBegin(int batch)
    {
        foreach (Callback callback in _callbacks)
            callback.OnBatchBegin(batch);
    }

    public void BatchEnd(int batch, TrainingLogs logs)
    {
        foreach (Callback callback in _callbacks)
            callback.OnBatchEnd(batch, logs);
    }

    public void TestBegin()
    {
        foreach (Callback callback in _callbacks)
            callback.OnTestBegin();
    }

    public void TestEnd(TrainingLogs logs)
    {
        foreach (Callback callback in _callbacks)
            callback.OnTestEnd(logs);
    }

    public void TestBatchBegin(int batch)
    {
        foreach (Callback callback in _callbacks)
            callback.OnTestBatchBegin(batch);
    }

    public void TestBatchEnd(int batch, TrainingLogs logs)
    {
        foreach (Callback callback in _callbacks)
            callback.OnTestBatchEnd(batch, logs);
    }

    public void PredictBegin()
    {
        foreach (Callback callback in _callbacks)
            callback.OnPredictBegin();
    }

    public void PredictEnd()
    {
        foreach (Callback callback in _callbacks)
            callback.OnPredictEnd();
    }

    public void PredictBatchBegin(int batch)
    {
        foreach (Callback callback in _callbacks)
            callback.OnPredictBatchBegin(batch);
    }

    public void PredictBatchEnd(int batch)
    {
        foreach (Callback callback in _callbacks)
            callback.OnPredictBatchEnd(batch);
    }
}
