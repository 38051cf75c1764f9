using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// Keras' ExponentialDecay: <c>initial * decayRate^(t / decaySteps)</c>; with <see cref="Staircase"/> the exponent is rounded down.
/// </summary>
/// <remarks>PyTorch's ExponentialLR(gamma) is <c>new ExponentialDecay(initial, 1, gamma)</c>.</remarks>
public sealed record ExponentialDecay : Schedule
{
    /// <summary>Multiplies the rate by <paramref name="decayRate"/> every <paramref name="decaySteps"/> steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public ExponentialDecay(double initialLearningRate, long decaySteps, double decayRate) =>
        (InitialLearningRate, DecaySteps, DecayRate) = (initialLearningRate, decaySteps, decayRate);

    /// <summary>The rate at step 0; finite and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double InitialLearningRate { get; init => field = Require.NotNegative(value, nameof(InitialLearningRate)); }

    /// <summary>Steps for one factor; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long DecaySteps { get; init => field = RequireSteps.AtLeastOne(value, nameof(DecaySteps)); }

    /// <summary>The factor; finite and not negative. Above 1 the rate grows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double DecayRate { get; init => field = Require.NotNegative(value, nameof(DecayRate)); }

    /// <summary>Decays in jumps, every <see cref="DecaySteps"/> steps; false by default.</summary>
    public bool Staircase { get; init; }

    /// <summary>The schedule as text.</summary>
    internal static ScheduleForm Form { get; } = ScheduleForm.Create<ExponentialDecay>("exponential_decay",
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

    /// <summary>PyTorch's ExponentialLR: the rate changes at every step.</summary>
    internal static ScheduleForm PyTorchForm { get; } = ScheduleForm.ReadOnly("exponential_lr",
        settings => new ExponentialDecay(settings.Number("initial_learning_rate"), decaySteps: 1, settings.Number("gamma")),
        ("lr", "initial_learning_rate"));

    /// <inheritdoc/>
    protected override double Compute(long t) =>
        InitialLearningRate * Math.Pow(DecayRate, Staircase ? t / DecaySteps : (double)t / DecaySteps);
}
