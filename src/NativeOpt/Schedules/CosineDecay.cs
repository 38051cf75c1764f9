using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// Keras' CosineDecay (Loshchilov &amp; Hutter 2016, https://arxiv.org/abs/1608.03983, without restarts): half a cosine down to
/// alpha times the start, where it stays.
/// </summary>
/// <remarks>
/// <c>initial * ((1 - alpha) * (1 + cos(pi * min(t, decaySteps)/decaySteps))/2 + alpha)</c>. With a <see cref="WarmupTarget"/>:
/// a straight line from the initial rate to the target in <see cref="WarmupSteps"/> steps, then the same cosine from the target.
/// Without one WarmupSteps does nothing, as in Keras. PyTorch's <see cref="CosineAnnealingLR"/> rises again after the end.
/// </remarks>
public sealed record CosineDecay : Schedule
{
    /// <summary>Down to <see cref="Alpha"/> in <paramref name="decaySteps"/> steps, without warm-up.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public CosineDecay(double initialLearningRate, long decaySteps) =>
        (InitialLearningRate, DecaySteps) = (initialLearningRate, decaySteps);

    /// <summary>The rate at step 0; finite and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double InitialLearningRate { get; init => field = Require.NotNegative(value, nameof(InitialLearningRate)); }

    /// <summary>Steps of the cosine, those of the warm-up not counted; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long DecaySteps { get; init => field = RequireSteps.AtLeastOne(value, nameof(DecaySteps)); }

    /// <summary>The end as a share of the start, in [0, 1]; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1].</exception>
    public double Alpha { get; init => field = Require.Fraction(value, nameof(Alpha)); }

    /// <summary>The rate after the warm-up; finite and not negative. Null (default): no warm-up.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double? WarmupTarget
    {
        get;
        init => field = value is { } number ? Require.NotNegative(number, nameof(WarmupTarget)) : null;
    }

    /// <summary>Steps of the warm-up, not negative; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long WarmupSteps { get; init => field = RequireSteps.NotNegative(value, nameof(WarmupSteps)); }

    /// <summary>The schedule as text.</summary>
    internal static ScheduleForm Form { get; } = ScheduleForm.Create<CosineDecay>("cosine_decay",
        settings => new(settings.Number("initial_learning_rate"), settings.Whole("decay_steps"))
        {
            Alpha = settings.Number("alpha", 0),
            WarmupTarget = settings.OptionalNumber("warmup_target"),
            WarmupSteps = settings.Whole("warmup_steps", 0),
        },
        schedule => new ScheduleSettings()
            .With("initial_learning_rate", schedule.InitialLearningRate)
            .With("decay_steps", schedule.DecaySteps)
            .With("alpha", schedule.Alpha, missing: 0.0)
            .With("warmup_target", schedule.WarmupTarget)
            .With("warmup_steps", schedule.WarmupSteps, missing: 0L),
        ("lr", "initial_learning_rate"), ("learning_rate", "initial_learning_rate"));

    /// <inheritdoc/>
    protected override double Compute(long t)
    {
        if (WarmupTarget is not { } target)
            return Decay(InitialLearningRate, t);
        return t < WarmupSteps
            ? (target - InitialLearningRate) * ((double)t / WarmupSteps) + InitialLearningRate
            : Decay(target, t - WarmupSteps);
    }

    private double Decay(double from, long step)
    {
        double cosine = 0.5 * (1 + Math.Cos(Math.PI * Math.Min(step, DecaySteps) / DecaySteps));
        return from * ((1 - Alpha) * cosine + Alpha);
    }
}
