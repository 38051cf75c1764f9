using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// The schedule of the Transformer (Vaswani et al. 2017, https://arxiv.org/abs/1706.03762, section 5.3):
/// <c>factor * modelSize^-0.5 * min(n^-0.5, n * warmupSteps^-1.5)</c> for step number n = t + 1.
/// </summary>
public sealed record NoamDecay : Schedule
{
    /// <summary>Rises for <paramref name="warmupSteps"/> steps, then falls with the root of the step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public NoamDecay(long modelSize, long warmupSteps) => (ModelSize, WarmupSteps) = (modelSize, warmupSteps);

    /// <summary>Width of the model; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long ModelSize { get; init => field = RequireSteps.AtLeastOne(value, nameof(ModelSize)); }

    /// <summary>Number of the step with the highest rate; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long WarmupSteps { get; init => field = RequireSteps.AtLeastOne(value, nameof(WarmupSteps)); }

    /// <summary>Multiplies everything; finite and not negative, 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Factor { get; init => field = Require.NotNegative(value, nameof(Factor)); } = 1;

    /// <summary>The schedule as text.</summary>
    internal static ScheduleForm Form { get; } = ScheduleForm.Create<NoamDecay>("noam_decay",
        settings => new(settings.Whole("model_size"), settings.Whole("warmup_steps")) { Factor = settings.Number("factor", 1) },
        schedule => new ScheduleSettings()
            .With("model_size", schedule.ModelSize)
            .With("warmup_steps", schedule.WarmupSteps)
            .With("factor", schedule.Factor, missing: 1.0));

    /// <inheritdoc/>
    protected override double Compute(long t)
    {
        double number = t + 1.0;
        return Factor / Math.Sqrt(ModelSize) * Math.Min(1 / Math.Sqrt(number), number * Math.Pow(WarmupSteps, -1.5));
    }
}
