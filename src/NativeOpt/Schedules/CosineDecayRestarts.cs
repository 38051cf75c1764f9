using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// Keras' CosineDecayRestarts, SGDR (Loshchilov &amp; Hutter 2016, https://arxiv.org/abs/1608.03983): half cosines one after the
/// other, each tMul times as long as the one before and starting at mMul times its height.
/// </summary>
/// <remarks>
/// In period i (from 0), with p its share that is over: <c>initial * ((1 - alpha) * mMul^i * (1 + cos(pi*p))/2 + alpha)</c>.
/// PyTorch's <see cref="CosineAnnealingWarmRestarts"/> has whole multiples (1 by default), an absolute minimum and no mMul.
/// </remarks>
public sealed record CosineDecayRestarts : Schedule
{
    /// <summary>Keras' defaults: each period is twice as long as the one before and as high, and ends at 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public CosineDecayRestarts(double initialLearningRate, long firstDecaySteps) =>
        (InitialLearningRate, FirstDecaySteps) = (initialLearningRate, firstDecaySteps);

    /// <summary>The rate at step 0; finite and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double InitialLearningRate { get; init => field = Require.NotNegative(value, nameof(InitialLearningRate)); }

    /// <summary>Steps of the first period; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long FirstDecaySteps { get; init => field = RequireSteps.AtLeastOne(value, nameof(FirstDecaySteps)); }

    /// <summary>Length of a period divided by that of the one before; finite and at least 1, 2 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1, NaN or infinite.</exception>
    public double TMul
    {
        get;
        init => field = double.IsFinite(value) && value >= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(TMul), FormattableString.Invariant($"TMul is {value}; it must be finite and at least 1."));
    } = 2;

    /// <summary>Height of a period divided by that of the one before; finite and not negative, 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double MMul { get; init => field = Require.NotNegative(value, nameof(MMul)); } = 1;

    /// <summary>The lowest rate as a share of the initial one, in [0, 1]; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1].</exception>
    public double Alpha { get; init => field = Require.Fraction(value, nameof(Alpha)); }

    /// <summary>The schedule as text.</summary>
    internal static ScheduleForm Form { get; } = ScheduleForm.Create<CosineDecayRestarts>("cosine_decay_restarts",
        settings => new(settings.Number("initial_learning_rate"), settings.Whole("first_decay_steps"))
        {
            TMul = settings.Number("t_mul", 2),
            MMul = settings.Number("m_mul", 1),
            Alpha = settings.Number("alpha", 0),
        },
        schedule => new ScheduleSettings()
            .With("initial_learning_rate", schedule.InitialLearningRate)
            .With("first_decay_steps", schedule.FirstDecaySteps)
            .With("t_mul", schedule.TMul, missing: 2.0)
            .With("m_mul", schedule.MMul, missing: 1.0)
            .With("alpha", schedule.Alpha, missing: 0.0),
        ("lr", "initial_learning_rate"), ("learning_rate", "initial_learning_rate"));

    /// <inheritdoc/>
    protected override double Compute(long t)
    {
        // In units of the first period. Lengths add up to (1 - tMul^i)/(1 - tMul) before period i, which Keras inverts by a
        // logarithm; so do we, to restart at the very steps where Keras does.
        double completed = (double)t / FirstDecaySteps;
        double period;
        if (TMul == 1)
        {
            period = Math.Floor(completed);
            completed -= period;
        }
        else
        {
            period = Math.Floor(Math.Log(1 - completed * (1 - TMul)) / Math.Log(TMul));
            double before = (1 - Math.Pow(TMul, period)) / (1 - TMul);
            completed = (completed - before) / Math.Pow(TMul, period);
        }
        double cosine = 0.5 * Math.Pow(MMul, period) * (1 + Math.Cos(Math.PI * completed));
        return InitialLearningRate * ((1 - Alpha) * cosine + Alpha);
    }
}
