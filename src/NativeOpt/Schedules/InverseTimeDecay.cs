using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// Keras' InverseTimeDecay: <c>initial / (1 + decayRate * t/decaySteps)</c>; with <see cref="Staircase"/> the quotient
/// t/decaySteps is rounded down.
/// </summary>
public sealed record InverseTimeDecay : Schedule
{
    /// <summary>The rate falls to a half when <c>t = decaySteps/decayRate</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public InverseTimeDecay(double initialLearningRate, long decaySteps, double decayRate) =>
        (InitialLearningRate, DecaySteps, DecayRate) = (initialLearningRate, decaySteps, decayRate);

    /// <summary>The rate at step 0; finite and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double InitialLearningRate { get; init => field = Require.NotNegative(value, nameof(InitialLearningRate)); }

    /// <summary>Unit of the time; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long DecaySteps { get; init => field = RequireSteps.AtLeastOne(value, nameof(DecaySteps)); }

    /// <summary>How fast the rate falls; finite and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double DecayRate { get; init => field = Require.NotNegative(value, nameof(DecayRate)); }

    /// <summary>Decays in jumps, every <see cref="DecaySteps"/> steps; false by default.</summary>
    public bool Staircase { get; init; }

    /// <summary>The schedule as text.</summary>
    internal static ScheduleForm Form { get; } = ScheduleForm.Create<InverseTimeDecay>("inverse_time_decay",
        settings => new(settings.Number("initial_learning_rate"), settings.Whole("decay_steps"), settings.Number("decay_rate"))
        {
            Staircase = settings.Flag("staircase"),
        },
        schedule => new ScheduleSettings()
            .With("initial_learning_rate", schedule.InitialLearningRate)
            .With("decay_steps", schedule.DecaySteps)
            .With("decay_rate", schedule.DecayRate)
            .With("staircase", schedule.Staircase, missing: false),
        ("lr", "initial_learning_rate"), ("learning_rate", "initial_learning_rate"));

    /// <inheritdoc/>
    protected override double Compute(long t) =>
        InitialLearningRate / (1 + DecayRate * (Staircase ? t / DecaySteps : (double)t / DecaySteps));
}
