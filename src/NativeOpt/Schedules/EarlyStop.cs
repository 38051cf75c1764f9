namespace NativeOpt.Schedules;

/// <summary>
/// When to stop a training because a monitored value no longer improves, by the rules of Keras: a state machine without effects.
/// </summary>
internal sealed record EarlyStop
{
    /// <summary>What counts as better; lower by default.</summary>
    public Improvement Improvement { get; init; } = new(MonitorMode.Min, 0, Relative: false);

    /// <summary>Epochs in a row that may fail to improve before the training stops, not negative; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Patience { get; init => field = (int)RequireSteps.NotNegative(value, nameof(Patience)); }

    /// <summary>A value that an epoch must beat, besides the best so far, to end the waiting; null by default.</summary>
    public double? Baseline { get; init; }

    /// <summary>The first epoch that is looked at, from 0; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int StartFromEpoch { get; init => field = (int)RequireSteps.NotNegative(value, nameof(StartFromEpoch)); }

    /// <summary>The state before the first epoch.</summary>
    public EarlyStopState Start => new(Improvement.Worst, BestEpoch: 0, KeptEpoch: null, Wait: 0, Keeps: false, Stops: false);

    /// <summary>The state after an epoch.</summary>
    /// <param name="state">The state before it.</param>
    /// <param name="epoch">Its number, from 0. The training never stops after number 0.</param>
    /// <param name="value">What was monitored in it.</param>
    public EarlyStopState Next(EarlyStopState state, int epoch, double value)
    {
        if (epoch < StartFromEpoch)
            return state with { Keeps = false };
        // The first weights are kept whatever their value, even if it is NaN.
        state = state with { KeptEpoch = state.KeptEpoch ?? epoch, Keeps = state.KeptEpoch is null, Wait = state.Wait + 1 };
        if (Improvement.IsBetter(value, state.Best))
        {
            bool beatsBaseline = Baseline is not { } baseline || Improvement.IsBetter(value, baseline);
            return state with { Best = value, BestEpoch = epoch, KeptEpoch = epoch, Keeps = true, Wait = beatsBaseline ? 0 : state.Wait };
        }
        return state with { Stops = state.Wait >= Patience && epoch > 0 };
    }
}
