using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// PyTorch's MultiStepLR: <c>initial * gamma^n</c>, where n is the number of milestones m with m &lt;= t. The new rate holds at
/// step m already; with Keras' <see cref="PiecewiseConstantDecay"/> it would hold one step later.
/// </summary>
public sealed record MultiStepLR : Schedule
{
    private readonly ValueList<long> _milestones = new([]);

    /// <summary>Multiplies the rate by <see cref="Gamma"/> at each milestone.</summary>
    /// <param name="initialLearningRate">The rate at first.</param>
    /// <param name="milestones">Steps, in any order; one that stands there twice counts twice.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public MultiStepLR(double initialLearningRate, params IEnumerable<long> milestones)
    {
        InitialLearningRate = initialLearningRate;
        Milestones = [.. milestones];
    }

    /// <summary>The rate before the first milestone; finite and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double InitialLearningRate { get; init => field = Require.NotNegative(value, nameof(InitialLearningRate)); }

    /// <summary>Steps at which the rate jumps, ascending; none is negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A milestone is negative.</exception>
    public IReadOnlyList<long> Milestones
    {
        get => _milestones;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Milestones));
            _milestones = new(value.Select(milestone => RequireSteps.NotNegative(milestone, nameof(Milestones))).Order());
        }
    }

    /// <summary>The factor of each jump; finite and not negative, 0.1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Gamma { get; init => field = Require.NotNegative(value, nameof(Gamma)); } = 0.1;

    /// <summary>The schedule as text.</summary>
    internal static ScheduleForm Form { get; } = ScheduleForm.Create<MultiStepLR>("multi_step_lr",
        settings => new(settings.Number("initial_learning_rate"), settings.Wholes("milestones")) { Gamma = settings.Number("gamma", 0.1) },
        schedule => new ScheduleSettings()
            .With("initial_learning_rate", schedule.InitialLearningRate)
            .With("milestones", schedule.Milestones)
            .With("gamma", schedule.Gamma, missing: 0.1),
        ("lr", "initial_learning_rate"), ("learning_rate", "initial_learning_rate"));

    /// <inheritdoc/>
    protected override double Compute(long t)
    {
        int passed = 0;
        while (passed < _milestones.Count && _milestones[passed] <= t)
            passed++;
        return InitialLearningRate * Math.Pow(Gamma, passed);
    }
}
