using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>PyTorch's StepLR: <c>initial * gamma^floor(t / stepSize)</c>.</summary>
public sealed record StepLR : Schedule
{
    /// <summary>Multiplies the rate by <see cref="Gamma"/> every <paramref name="stepSize"/> steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public StepLR(double initialLearningRate, long stepSize) =>
        (InitialLearningRate, StepSize) = (initialLearningRate, stepSize);

    /// <summary>The rate at step 0; finite and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double InitialLearningRate { get; init => field = Require.NotNegative(value, nameof(InitialLearningRate)); }

    /// <summary>Steps from one jump to the next; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long StepSize { get; init => field = RequireSteps.AtLeastOne(value, nameof(StepSize)); }

    /// <summary>The factor of each jump; finite and not negative, 0.1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Gamma { get; init => field = Require.NotNegative(value, nameof(Gamma)); } = 0.1;

    /// <inheritdoc/>
    protected override double Compute(long t) => InitialLearningRate * Math.Pow(Gamma, t / StepSize);
}
