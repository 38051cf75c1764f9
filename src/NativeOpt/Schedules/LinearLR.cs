using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// PyTorch's LinearLR, a straight line between two factors: <c>initial * (start + (end - start) * min(t, totalIters)/totalIters)</c>.
/// </summary>
public sealed record LinearLR : Schedule
{
    /// <summary>PyTorch's defaults: from a third of the rate to the whole rate in 5 steps.</summary>
    /// <param name="initialLearningRate">The rate that the factors multiply.</param>
    /// <param name="totalIters">Steps from the first factor to the second.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public LinearLR(double initialLearningRate, long totalIters = 5) =>
        (InitialLearningRate, TotalIters) = (initialLearningRate, totalIters);

    /// <summary>The rate that the factors multiply; finite and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double InitialLearningRate { get; init => field = Require.NotNegative(value, nameof(InitialLearningRate)); }

    /// <summary>Steps from the first factor to the second; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long TotalIters { get; init => field = RequireSteps.AtLeastOne(value, nameof(TotalIters)); }

    /// <summary>Factor at step 0, in [0, 1]; 1/3 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1].</exception>
    public double StartFactor { get; init => field = Require.Fraction(value, nameof(StartFactor)); } = 1.0 / 3;

    /// <summary>Factor from step <see cref="TotalIters"/> on, in [0, 1]; 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1].</exception>
    public double EndFactor { get; init => field = Require.Fraction(value, nameof(EndFactor)); } = 1;

    /// <summary>The schedule as text.</summary>
    internal static ScheduleForm Form { get; } = ScheduleForm.Create<LinearLR>("linear_lr",
        settings => new(settings.Number("initial_learning_rate"), settings.Whole("total_iters", 5))
        {
            StartFactor = settings.Number("start_factor", 1.0 / 3),
            EndFactor = settings.Number("end_factor", 1),
        },
        schedule => new ScheduleSettings()
            .With("initial_learning_rate", schedule.InitialLearningRate)
            .With("total_iters", schedule.TotalIters, missing: 5L)
            .With("start_factor", schedule.StartFactor, missing: 1.0 / 3)
            .With("end_factor", schedule.EndFactor, missing: 1.0),
        ("lr", "initial_learning_rate"), ("learning_rate", "initial_learning_rate"));

    /// <inheritdoc/>
    protected override double Compute(long t) => t >= TotalIters
        ? InitialLearningRate * EndFactor
        : InitialLearningRate * (StartFactor + (EndFactor - StartFactor) * t / TotalIters);
}
