using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// Ends a Fit when a watched number has not improved for some epochs, and may bring back the weights of the best one. The rules are
/// those of Keras' EarlyStopping: the epoch counts as better when it beats the best one so far by more than <see cref="MinDelta"/>; the
/// waiting ends when it also beats the <see cref="Baseline"/>. Epochs without the watched validation do not count.
/// </summary>
/// <example><code>model.Fit(x, y, epochs: 100, validationSplit: 0.1,
///     callbacks: [new EarlyStopping { Patience = 3, RestoreBestWeights = true }]);</code></example>
public sealed class EarlyStopping : MonitoringCallback
{
    private EarlyStop _rule = new();
    private EarlyStopState _state;
    private byte[]? _bestWeights;

    /// <summary>How much better is better; finite and not negative, 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double MinDelta { get; init => field = RequireThreshold(value, nameof(MinDelta)); }

    /// <summary>Epochs in a row without improvement after which the Fit ends, not negative; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Patience { get; init => field = (int)RequireSteps.NotNegative(value, nameof(Patience)); }

    /// <summary>A value that must be beaten for the waiting to end; null by default.</summary>
    public double? Baseline { get; init; }

    /// <summary>At the end of the Fit the weights of the best epoch come back; false by default.</summary>
    public bool RestoreBestWeights { get; init; }

    /// <summary>The first epoch that is looked at, from 0; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int StartFromEpoch { get; init => field = (int)RequireSteps.NotNegative(value, nameof(StartFromEpoch)); }

    /// <summary>The epoch after which the last Fit was ended, from 0; null where it ran to its end.</summary>
    public int? StoppedEpoch { get; private set; }

    /// <summary>The best epoch of the last Fit, from 0; 0 before one was better than nothing.</summary>
    public int BestEpoch => _state.BestEpoch;

    /// <summary>Its value.</summary>
    public double Best => _state.Best;

    /// <inheritdoc/>
    public override void OnTrainBegin()
    {
        _rule = new EarlyStop
        {
            Improvement = new Improvement(Direction, MinDelta, Relative: false),
            Patience = Patience,
            Baseline = Baseline,
            StartFromEpoch = StartFromEpoch,
        };
        (_state, StoppedEpoch) = (_rule.Start, null);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, TrainingLogs logs)
    {
        if (Watched(logs) is not { } watched)
            return;
        _state = _rule.Next(_state, epoch, watched);
        if (RestoreBestWeights && _state.Keeps)
            _bestWeights = Model.CopyParameters(_bestWeights);
        if (!_state.Stops)
            return;
        StoppedEpoch = epoch;
        Model.StopTraining = true;
    }

    /// <inheritdoc/>
    public override void SaveState(CallbackState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        (state["best"], state["best_epoch"], state["wait"]) = (_state.Best, _state.BestEpoch, _state.Wait);
        if (_state.KeptEpoch is not { } kept)
            return;
        state["kept_epoch"] = kept;
        if (_bestWeights is not null)
            state.SetBlock("best_weights", _bestWeights);
    }

    /// <inheritdoc/>
    public override void LoadState(CallbackState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _state = new EarlyStopState(
            state["best"], (int)state["best_epoch"], (int?)state.Find("kept_epoch"), (int)state["wait"], Keeps: false, Stops: false);
        _bestWeights = state.FindBlock("best_weights");
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingLogs logs)
    {
        if (RestoreBestWeights && _state.KeptEpoch is not null)
            Model.RestoreParameters(_bestWeights!);
    }
}
