using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// PyTorch's CyclicLR (Smith 2015, https://arxiv.org/abs/1506.01186): straight up from the base to the maximum, straight down
/// again, and so on.
/// </summary>
/// <remarks>
/// <c>base + (max - base) * x * s</c>, where x goes from 0 to 1 in stepSizeUp steps and back in stepSizeDown; s is 1 (triangular),
/// <c>1/2^n</c> after n cycles (triangular2), or <c>gamma^t</c> (exp_range). The momentum that goes with it falls as the rate
/// rises: <see cref="MomentumSchedule"/>.
/// </remarks>
public sealed record CyclicLR : Schedule
{
    /// <summary>PyTorch's defaults: triangular, 2000 steps up and as many down.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public CyclicLR(double baseLearningRate, double maxLearningRate, long stepSizeUp = 2000) =>
        (BaseLearningRate, MaxLearningRate, StepSizeUp) = (baseLearningRate, maxLearningRate, stepSizeUp);

    /// <summary>The lowest rate; finite and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double BaseLearningRate { get; init => field = Require.NotNegative(value, nameof(BaseLearningRate)); }

    /// <summary>The highest rate of the first cycle; finite and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double MaxLearningRate { get; init => field = Require.NotNegative(value, nameof(MaxLearningRate)); }

    /// <summary>Steps on the way up; at least 1, 2000 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long StepSizeUp { get; init => field = RequireSteps.AtLeastOne(value, nameof(StepSizeUp)); }

    /// <summary>Steps on the way down; at least 1. Null (default): as many as up.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long? StepSizeDown
    {
        get;
        init => field = value is { } steps ? RequireSteps.AtLeastOne(steps, nameof(StepSizeDown)) : null;
    }

    /// <summary>How the height changes; triangular by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration.</exception>
    public CyclicMode Mode
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(Mode), $"Mode is {value}; it must be Triangular, Triangular2 or ExpRange.");
    }

    /// <summary>For <see cref="CyclicMode.ExpRange"/>: the factor of a step; finite and not negative, 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Gamma { get; init => field = Require.NotNegative(value, nameof(Gamma)); } = 1;

    /// <summary>The momentum at the top of the first cycle, in [0, 1]; 0.8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1].</exception>
    public double BaseMomentum { get; init => field = Require.Fraction(value, nameof(BaseMomentum)); } = 0.8;

    /// <summary>The momentum at the base, in [0, 1]; 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1].</exception>
    public double MaxMomentum { get; init => field = Require.Fraction(value, nameof(MaxMomentum)); } = 0.9;

    /// <summary>
    /// The momentum (Adam's beta 1) that goes with this cycle: <c>maxMomentum - (maxMomentum - baseMomentum) * x * s</c>.
    /// </summary>
    public Schedule MomentumSchedule() => new CyclicMomentum(this);

    /// <summary>x * s: 0 at the base, 1 at the top of the first cycle.</summary>
    internal double Height(long step)
    {
        long down = StepSizeDown ?? StepSizeUp;
        long cycle = step / (StepSizeUp + down);
        long position = step % (StepSizeUp + down);
        double x = position <= StepSizeUp ? (double)position / StepSizeUp : (double)(StepSizeUp + down - position) / down;
        return x * Mode switch
        {
            CyclicMode.Triangular2 => Math.Pow(0.5, cycle),
            CyclicMode.ExpRange => Math.Pow(Gamma, step),
            _ => 1,
        };
    }

    /// <summary>The schedule as text.</summary>
    internal static ScheduleForm Form { get; } = ScheduleForm.Create<CyclicLR>("cyclic_lr",
        settings => new(settings.Number("base_lr"), settings.Number("max_lr"), settings.Whole("step_size_up", 2000))
        {
            StepSizeDown = settings.OptionalWhole("step_size_down"),
            Mode = settings.Choice("mode", CyclicMode.Triangular),
            Gamma = settings.Number("gamma", 1),
            BaseMomentum = settings.Number("base_momentum", 0.8),
            MaxMomentum = settings.Number("max_momentum", 0.9),
        },
        schedule => new ScheduleSettings()
            .With("base_lr", schedule.BaseLearningRate)
            .With("max_lr", schedule.MaxLearningRate)
            .With("step_size_up", schedule.StepSizeUp, missing: 2000L)
            .With("step_size_down", schedule.StepSizeDown)
            .With("mode", schedule.Mode, missing: CyclicMode.Triangular)
            .With("gamma", schedule.Gamma, missing: 1.0)
            .With("base_momentum", schedule.BaseMomentum, missing: 0.8)
            .With("max_momentum", schedule.MaxMomentum, missing: 0.9),
        ("base_learning_rate", "base_lr"), ("max_learning_rate", "max_lr"));

    /// <inheritdoc/>
    protected override double Compute(long t) => BaseLearningRate + (MaxLearningRate - BaseLearningRate) * Height(t);
}
