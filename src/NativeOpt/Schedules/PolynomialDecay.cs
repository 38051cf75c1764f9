using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// Keras' PolynomialDecay: <c>(initial - end) * (1 - t/decaySteps)^power + end</c>, then <c>end</c>. With <see cref="Cycle"/>
/// the decay never ends: beyond decaySteps its length is the next multiple of decaySteps, <c>decaySteps * ceil(t/decaySteps)</c>.
/// </summary>
/// <remarks>
/// A power of 1 is linear decay. PyTorch's PolynomialLR(total_iters, power) has <see cref="EndLearningRate"/> 0.
/// </remarks>
public sealed record PolynomialDecay : Schedule
{
    /// <summary>Keras' defaults: linear, down to 0.0001, once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public PolynomialDecay(double initialLearningRate, long decaySteps) =>
        (InitialLearningRate, DecaySteps) = (initialLearningRate, decaySteps);

    /// <summary>The rate at step 0; finite and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double InitialLearningRate { get; init => field = Require.NotNegative(value, nameof(InitialLearningRate)); }

    /// <summary>Steps of the decay; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long DecaySteps { get; init => field = RequireSteps.AtLeastOne(value, nameof(DecaySteps)); }

    /// <summary>The rate at the end; finite and not negative, 0.0001 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double EndLearningRate { get; init => field = Require.NotNegative(value, nameof(EndLearningRate)); } = 0.0001;

    /// <summary>The exponent; finite and not negative, 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Power { get; init => field = Require.NotNegative(value, nameof(Power)); } = 1;

    /// <summary>Rises again beyond <see cref="DecaySteps"/>, to fall once more; false by default.</summary>
    public bool Cycle { get; init; }

    /// <summary>The schedule as text.</summary>
    internal static ScheduleForm Form { get; } = ScheduleForm.Create<PolynomialDecay>("polynomial_decay",
        settings => new(settings.Number("initial_learning_rate"), settings.Whole("decay_steps"))
        {
            EndLearningRate = settings.Number("end_learning_rate", 0.0001),
            Power = settings.Number("power", 1),
            Cycle = settings.Flag("cycle"),
        },
        schedule => new ScheduleSettings()
            .With("initial_learning_rate", schedule.InitialLearningRate)
            .With("decay_steps", schedule.DecaySteps)
            .With("end_learning_rate", schedule.EndLearningRate, missing: 0.0001)
            .With("power", schedule.Power, missing: 1.0)
            .With("cycle", schedule.Cycle, missing: false),
        ("lr", "initial_learning_rate"), ("learning_rate", "initial_learning_rate"));

    /// <summary>PyTorch's PolynomialLR: down to 0.</summary>
    internal static ScheduleForm PyTorchForm { get; } = ScheduleForm.ReadOnly("polynomial_lr",
        settings => new PolynomialDecay(settings.Number("initial_learning_rate"), settings.Whole("total_iters", 5))
        {
            EndLearningRate = 0,
            Power = settings.Number("power", 1),
        },
        ("lr", "initial_learning_rate"));

    /// <inheritdoc/>
    protected override double Compute(long t)
    {
        double length = DecaySteps;
        double position = t;
        if (Cycle)
            length *= t == 0 ? 1 : Math.Ceiling(position / DecaySteps);
        else
            position = Math.Min(position, length);
        return (InitialLearningRate - EndLearningRate) * Math.Pow(1 - position / length, Power) + EndLearningRate;
    }
}
