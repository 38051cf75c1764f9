using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// PyTorch's CosineAnnealingLR: <c>etaMin + (initial - etaMin) * (1 + cos(pi*t/tMax))/2</c>. After tMax steps it rises again, with
/// a period of 2 tMax; Keras' <see cref="CosineDecay"/> stays at its end.
/// </summary>
public sealed record CosineAnnealingLR : Schedule
{
    /// <summary>Down to <see cref="EtaMin"/> in <paramref name="tMax"/> steps, and up again in as many.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public CosineAnnealingLR(double initialLearningRate, long tMax) =>
        (InitialLearningRate, TMax) = (initialLearningRate, tMax);

    /// <summary>The rate at step 0; finite and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double InitialLearningRate { get; init => field = Require.NotNegative(value, nameof(InitialLearningRate)); }

    /// <summary>Steps from the highest rate to the lowest; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long TMax { get; init => field = RequireSteps.AtLeastOne(value, nameof(TMax)); }

    /// <summary>The lowest rate; finite and not negative, 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double EtaMin { get; init => field = Require.NotNegative(value, nameof(EtaMin)); }

    /// <summary>The schedule as text.</summary>
    internal static ScheduleForm Form { get; } = ScheduleForm.Create<CosineAnnealingLR>("cosine_annealing_lr",
        settings => new(settings.Number("initial_learning_rate"), settings.Whole("t_max"))
        {
            EtaMin = settings.Number("eta_min", 0),
        },
        schedule => new ScheduleSettings()
            .With("initial_learning_rate", schedule.InitialLearningRate)
            .With("t_max", schedule.TMax)
            .With("eta_min", schedule.EtaMin, missing: 0.0),
        ("lr", "initial_learning_rate"), ("learning_rate", "initial_learning_rate"));

    /// <inheritdoc/>
    protected override double Compute(long t)
    {
        // Within one period: the cosine of a large argument would lose digits. The second half mirrors the first one.
        long cycle = t / TMax;
        long position = t % TMax;
        double angle = Math.PI * (cycle % 2 == 0 ? position : TMax - position) / TMax;
        return EtaMin + (InitialLearningRate - EtaMin) * (1 + Math.Cos(angle)) / 2;
    }
}
