namespace NativeOpt;

// Hyper-parameters that change from step to step.
public sealed partial class Optimizer
{
    private ScheduledValue _learningRate;
    private double _learningRateScale = 1;

    /// <summary>
    /// The learning rate that the next step will use; starts as the rule's. Setting it replaces the rule's number or schedule by
    /// this number. Finite, not negative.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value set is negative, NaN or infinite.</exception>
    /// <exception cref="InvalidOperationException">A step is open.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is closed.</exception>
    public double LearningRate
    {
        get => UnscaledLearningRate * _learningRateScale;
        set
        {
            ThrowIfDisposed();
            ThrowIfStepIsOpen();
            SetLearningRate(value);
        }
    }

    /// <summary>Schedules of the other hyper-parameters, by name.</summary>
    public OptimizerSchedules Schedules { get; }

    /// <summary>The schedule that the learning rate follows, or null.</summary>
    internal Schedule? LearningRateSchedule => _learningRate.Schedule;

    /// <summary><see cref="Rule"/> with the learning rate that was set since.</summary>
    internal OptimizerRule CurrentRule => Rule.WithLearningRate(_learningRate);

    /// <summary>Multiplies the learning rate, whatever it follows; 1 until a plateau reduces it.</summary>
    internal double LearningRateScale
    {
        get => _learningRateScale;
        set => _learningRateScale = Require.NotNegative(value, nameof(LearningRateScale));
    }

    /// <summary>A copy of <see cref="Rule"/> of the optimizer's own, which has the scheduled values of the step in progress.</summary>
    internal OptimizerRule ActiveRule { get; }

    /// <summary>What the rate follows at the next step, before <see cref="LearningRateScale"/>.</summary>
    internal double UnscaledLearningRate => _learningRate.ValueAt(SchedulePosition);

    /// <summary>From now on this number, still scaled.</summary>
    internal void SetUnscaledLearningRate(double value)
    {
        ThrowIfDisposed();
        ThrowIfStepIsOpen();
        _learningRate = Require.NotNegative(value, nameof(LearningRate));
    }

    /// <summary>From now on this number or schedule, unscaled.</summary>
    internal void SetLearningRate(ScheduledValue value)
    {
        Rule.RefuseSchedule(value);
        Require.NotNegative(value.ValueAt(SchedulePosition), nameof(LearningRate));
        _learningRate = value;
        _learningRateScale = 1;
    }
}
