using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// Warmup, stable, decay (Hu et al. 2024, https://arxiv.org/abs/2404.06395): a straight line up, a plateau whose length need not
/// be known when a run begins, a short decay.
/// </summary>
/// <remarks>
/// <c>peak * t/warmupSteps</c>, then <c>peak</c> for stableSteps, then <c>peak * (endFactor + (1 - endFactor) * d(x))</c> for
/// decaySteps, where d falls from 1 to 0 in the given <see cref="Shape"/>, then <c>peak * endFactor</c>.
/// </remarks>
public sealed record WarmupStableDecay : Schedule
{
    /// <summary>Linear decay to 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public WarmupStableDecay(double peakLearningRate, long warmupSteps, long stableSteps, long decaySteps) =>
        (PeakLearningRate, WarmupSteps, StableSteps, DecaySteps) = (peakLearningRate, warmupSteps, stableSteps, decaySteps);

    /// <summary>The rate of the plateau; finite and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double PeakLearningRate { get; init => field = Require.NotNegative(value, nameof(PeakLearningRate)); }

    /// <summary>Steps on the way up, not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long WarmupSteps { get; init => field = RequireSteps.NotNegative(value, nameof(WarmupSteps)); }

    /// <summary>Steps on the plateau, not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long StableSteps { get; init => field = RequireSteps.NotNegative(value, nameof(StableSteps)); }

    /// <summary>Steps on the way down; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long DecaySteps { get; init => field = RequireSteps.AtLeastOne(value, nameof(DecaySteps)); }

    /// <summary>The last rate as a share of the peak, in [0, 1]; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1].</exception>
    public double EndFactor { get; init => field = Require.Fraction(value, nameof(EndFactor)); }

    /// <summary>How the rate comes down; linear by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration.</exception>
    public DecayShape Shape
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(Shape), $"Shape is {value}; it must be Linear, Cosine or OneMinusSqrt.");
    }

    /// <summary>The schedule as text.</summary>
    internal static ScheduleForm Form { get; } = ScheduleForm.Create<WarmupStableDecay>("warmup_stable_decay",
        settings => new(
            settings.Number("peak_learning_rate"), settings.Whole("warmup_steps"), settings.Whole("stable_steps"),
            settings.Whole("decay_steps"))
        {
            EndFactor = settings.Number("end_factor", 0),
            Shape = settings.Choice("shape", DecayShape.Linear),
        },
        schedule => new ScheduleSettings()
            .With("peak_learning_rate", schedule.PeakLearningRate)
            .With("warmup_steps", schedule.WarmupSteps)
            .With("stable_steps", schedule.StableSteps)
            .With("decay_steps", schedule.DecaySteps)
            .With("end_factor", schedule.EndFactor, missing: 0.0)
            .With("shape", schedule.Shape, missing: DecayShape.Linear),
        ("lr", "peak_learning_rate"), ("learning_rate", "peak_learning_rate"));

    /// <inheritdoc/>
    protected override double Compute(long t)
    {
        if (t < WarmupSteps)
            return PeakLearningRate * ((double)t / WarmupSteps);
        double decaying = (double)t - WarmupSteps - StableSteps;
        double x = Math.Clamp(decaying / DecaySteps, 0, 1);
        double remaining = Shape switch
        {
            DecayShape.Cosine => (1 + Math.Cos(Math.PI * x)) / 2,
            DecayShape.OneMinusSqrt => 1 - Math.Sqrt(x),
            _ => 1 - x,
        };
        return PeakLearningRate * (EndFactor + (1 - EndFactor) * remaining);
    }
}
