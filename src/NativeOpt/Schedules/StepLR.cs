using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>PyTorch's StepLR: <c>initial * gamma^floor(t / stepSize)</c>.</summary>
public sealed record StepLR : Schedule
{
    /// <summary>Multiplies the rate by <see cref="Gamma"/> every <paramref name="stepSize"/> steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public StepLR(double initialLearningRate, long stepSize) =>
        (InitialLearningRate, StepSize) = (initialLearningRate, stepSize);

    /// <summary>The rate at step 0; finite and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double InitialLearningRate { get; init => field = Require.NotNegative(value, nameof(InitialLearningRate)); }

    /// <summary>Steps from one jump to the next; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long StepSize { get; init => field = RequireSteps.AtLeastOne(value, nameof(StepSize)); }

    /// <summary>The factor of each jump; finite and not negative, 0.1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Gamma { get; init => field = Require.NotNegative(value, nameof(Gamma)); } = 0.1;

    /// <summary>The schedule as text.</summary>
    internal static ScheduleForm Form { get; } = ScheduleForm.Create<StepLR>("step_lr",
        settings => new(settings.Number("initial_learning_rate"), settings.Whole("step_size")) { Gamma = settings.Number("gamma", 0.1) },
        schedule => new ScheduleSettings()
            .With("initial_learning_rate", schedule.InitialLearningRate)
            .With("step_size", schedule.StepSize)
            .With("gamma", schedule.Gamma, missing: 0.1),
        ("lr", "initial_learning_rate"), ("learning_rate", "initial_learning_rate"));

    /// <inheritdoc/>
    protected override double Compute(long t) => InitialLearningRate * Math.Pow(Gamma, t / StepSize);
}
