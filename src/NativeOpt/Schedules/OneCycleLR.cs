using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// PyTorch's OneCycleLR (Smith &amp; Topin 2017, https://arxiv.org/abs/1708.07120): up to the maximum, then down far below the start.
/// </summary>
/// <remarks>
/// From <c>max/divFactor</c> at step 0 to <c>max</c> at step <c>pctStart*totalSteps - 1</c>, then to
/// <c>max/divFactor/finalDivFactor</c> at step <c>totalSteps - 1</c>, where it stays (PyTorch raises an error beyond the end).
/// Three phases: down to <c>max/divFactor</c> at step <c>2*pctStart*totalSteps - 2</c> first, then on to the end.
/// The momentum that goes with it falls as the rate rises: <see cref="MomentumSchedule"/>.
/// </remarks>
public sealed record OneCycleLR : Schedule
{
    /// <summary>PyTorch's defaults: two phases with cosines, the top after 30% of the steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public OneCycleLR(double maxLearningRate, long totalSteps) => (MaxLearningRate, TotalSteps) = (maxLearningRate, totalSteps);

    /// <summary>The highest rate; finite and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double MaxLearningRate { get; init => field = Require.NotNegative(value, nameof(MaxLearningRate)); }

    /// <summary>Steps of the cycle; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long TotalSteps { get; init => field = RequireSteps.AtLeastOne(value, nameof(TotalSteps)); }

    /// <summary>Share of the steps on the way up, in [0, 1]; 0.3 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1].</exception>
    public double PctStart { get; init => field = Require.Fraction(value, nameof(PctStart)); } = 0.3;

    /// <summary>Cosines (default) or straight lines.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration.</exception>
    public AnnealStrategy AnnealStrategy
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(AnnealStrategy), $"AnnealStrategy is {value}; it must be Cos or Linear.");
    }

    /// <summary>The maximum divided by the rate at step 0; finite and positive, 25 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and positive.</exception>
    public double DivFactor { get; init => field = Require.Positive(value, nameof(DivFactor)); } = 25;

    /// <summary>The rate at step 0 divided by the last one; finite and positive, 10000 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and positive.</exception>
    public double FinalDivFactor { get; init => field = Require.Positive(value, nameof(FinalDivFactor)); } = 1e4;

    /// <summary>Comes down as it went up before the last descent; false by default.</summary>
    public bool ThreePhase { get; init; }

    /// <summary>The momentum at the maximum rate, in [0, 1]; 0.85 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1].</exception>
    public double BaseMomentum { get; init => field = Require.Fraction(value, nameof(BaseMomentum)); } = 0.85;

    /// <summary>The momentum at both ends, in [0, 1]; 0.95 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1].</exception>
    public double MaxMomentum { get; init => field = Require.Fraction(value, nameof(MaxMomentum)); } = 0.95;

    /// <summary>The momentum (Adam's beta 1) that goes with this cycle.</summary>
    public Schedule MomentumSchedule() => new OneCycleMomentum(this);

    /// <summary>A phase at a step: which one (0, 1 or 2), and how much of it is over.</summary>
    internal (int Phase, double Share) Locate(long step)
    {
        double last = TotalSteps - 1;
        double position = Math.Min(step, last);
        double top = PctStart * TotalSteps - 1;
        if (position <= top)
            return (0, Share(position, 0, top));
        double foot = ThreePhase ? 2 * PctStart * TotalSteps - 2 : top;
        return ThreePhase && position <= foot ? (1, Share(position, top, foot)) : (ThreePhase ? 2 : 1, Share(position, foot, last));
    }

    /// <summary>From one value to another as the share goes from 0 to 1.</summary>
    internal double Anneal(double from, double to, double share) => AnnealStrategy == AnnealStrategy.Cos
        ? to + (from - to) / 2 * (Math.Cos(Math.PI * share) + 1)
        : (to - from) * share + from;

    /// <summary>The schedule as text.</summary>
    internal static ScheduleForm Form { get; } = ScheduleForm.Create<OneCycleLR>("one_cycle_lr",
        settings => new(settings.Number("max_lr"), settings.Whole("total_steps"))
        {
            PctStart = settings.Number("pct_start", 0.3),
            AnnealStrategy = settings.Choice("anneal_strategy", AnnealStrategy.Cos),
            DivFactor = settings.Number("div_factor", 25),
            FinalDivFactor = settings.Number("final_div_factor", 1e4),
            ThreePhase = settings.Flag("three_phase"),
            BaseMomentum = settings.Number("base_momentum", 0.85),
            MaxMomentum = settings.Number("max_momentum", 0.95),
        },
        schedule => new ScheduleSettings()
            .With("max_lr", schedule.MaxLearningRate)
            .With("total_steps", schedule.TotalSteps)
            .With("pct_start", schedule.PctStart, missing: 0.3)
            .With("anneal_strategy", schedule.AnnealStrategy, missing: AnnealStrategy.Cos)
            .With("div_factor", schedule.DivFactor, missing: 25.0)
            .With("final_div_factor", schedule.FinalDivFactor, missing: 1e4)
            .With("three_phase", schedule.ThreePhase, missing: false)
            .With("base_momentum", schedule.BaseMomentum, missing: 0.85)
            .With("max_momentum", schedule.MaxMomentum, missing: 0.95),
        ("max_learning_rate", "max_lr"));

    /// <inheritdoc/>
    protected override double Compute(long t)
    {
        double start = MaxLearningRate / DivFactor;
        double end = start / FinalDivFactor;
        (int phase, double share) = Locate(t);
        return phase switch
        {
            0 => Anneal(start, MaxLearningRate, share),
            1 => Anneal(MaxLearningRate, ThreePhase ? start : end, share),
            _ => Anneal(start, end, share),
        };
    }

    /// <summary>A phase without length is over at once.</summary>
    private static double Share(double position, double from, double to) => to > from ? (position - from) / (to - from) : 1;
}
