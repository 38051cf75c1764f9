using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// PyTorch's ConstantLR: a smaller rate for the first steps, <c>initial * factor</c> while t &lt; totalIters. As there, totalIters = 0
/// means that the smaller rate stays: the step that would take it back never comes.
/// </summary>
public sealed record ConstantLR : Schedule
{
    /// <summary>PyTorch's defaults: a third of the rate for 5 steps.</summary>
    /// <param name="initialLearningRate">The rate after the first steps.</param>
    /// <param name="totalIters">Number of the first steps.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public ConstantLR(double initialLearningRate, long totalIters = 5) =>
        (InitialLearningRate, TotalIters) = (initialLearningRate, totalIters);

    /// <summary>The rate after the first steps; finite and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double InitialLearningRate { get; init => field = Require.NotNegative(value, nameof(InitialLearningRate)); }

    /// <summary>Number of the first steps, not negative; with 0 they do not end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long TotalIters { get; init => field = RequireSteps.NotNegative(value, nameof(TotalIters)); }

    /// <summary>What the rate is multiplied by in the first steps, in [0, 1]; 1/3 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1].</exception>
    public double Factor { get; init => field = Require.Fraction(value, nameof(Factor)); } = 1.0 / 3;

    /// <summary>The schedule as text.</summary>
    internal static ScheduleForm Form { get; } = ScheduleForm.Create<ConstantLR>("constant_lr",
        settings => new(settings.Number("initial_learning_rate"), settings.Whole("total_iters", 5))
        {
            Factor = settings.Number("factor", 1.0 / 3),
        },
        schedule => new ScheduleSettings()
            .With("initial_learning_rate", schedule.InitialLearningRate)
            .With("total_iters", schedule.TotalIters, missing: 5L)
            .With("factor", schedule.Factor, missing: 1.0 / 3),
        ("lr", "initial_learning_rate"), ("learning_rate", "initial_learning_rate"));

    /// <inheritdoc/>
    protected override double Compute(long t) => t < TotalIters || TotalIters == 0 ? InitialLearningRate * Factor : InitialLearningRate;
}
