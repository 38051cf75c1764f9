namespace NativeOpt;

/// <summary>
/// Sets the learning rate at the beginning of each epoch. A <see cref="ReduceLROnPlateau"/> beside it goes on multiplying what is set
/// here. The logs of each epoch have the rate as "learning_rate".
/// </summary>
/// <example><code>model.Fit(x, y, epochs: 30, callbacks: [new LearningRateScheduler(epoch => 0.1 / (1 + epoch))]);</code></example>
public sealed class LearningRateScheduler : Callback
{
    private readonly Func<int, double, double> _schedule;

    /// <summary>A function of the epoch.</summary>
    /// <param name="schedule">From the epoch, which counts from 0, to its rate.</param>
    public LearningRateScheduler(Func<int, double> schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        _schedule = (epoch, _) => schedule(epoch);
    }

    /// <summary>A function of the epoch and the rate before it, as in Keras.</summary>
    /// <param name="schedule">From the epoch, which counts from 0, and the rate so far to the rate of the epoch.</param>
    public LearningRateScheduler(Func<int, double, double> schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        _schedule = schedule;
    }

    /// <summary>A schedule whose steps are epochs of this Fit.</summary>
    /// <param name="schedule">Its value at t holds in the epoch after t completed ones.</param>
    public LearningRateScheduler(Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        _schedule = (epoch, _) => schedule.ValueAt(epoch);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative, NaN or infinite.</exception>
    public override void OnEpochBegin(int epoch)
    {
        Optimizer optimizer = Model.Optimizer!;
        optimizer.SetUnscaledLearningRate(_schedule(epoch, optimizer.UnscaledLearningRate));
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, TrainingLogs logs)
    {
        ArgumentNullException.ThrowIfNull(logs);
        logs[TrainingLogs.LearningRate] = Model.Optimizer!.LearningRate;
    }
}
