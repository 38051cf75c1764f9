using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// Keras' PolynomialDecay: <c>(initial - end) * (1 - t/decaySteps)^power + end</c>, then <c>end</c>. With <see cref="Cycle"/>
/// the decay never ends: beyond decaySteps its length is the next multiple of decaySteps, <c>decaySteps * ceil(t/decaySteps)</c>.
/// </summary>
/// <remarks>
/// A power of 1 is linear decay. PyTorch's PolynomialLR(total_iters, power) has <see cref="EndLearningRate"/> 0.
/// </remarks>
public sealed record PolynomialDecay : Schedule
{
    /// <summary>Keras' defaults: linear, down to 0.0001, once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public PolynomialDecay(double initialLearningRate, long decaySteps) =>
        (InitialLearningRate, DecaySteps) = (initialLearningRate, decaySteps);

    /// <summary>The rate at step 0; finite and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double InitialLearningRate { get; init => field = Require.NotNegative(value, nameof(InitialLearningRate)); }

    /// <summary>Steps of the decay; at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public long DecaySteps { get; init => field = RequireSteps.AtLeastOne(value, nameof(DecaySteps)); }

    /// <summary>The rate at the end; finite and not negative, 0.0001 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double EndLearningRate { get; init => field = Require.NotNegative(value, nameof(EndLearningRate)); } = 0.0001;

    /// <summary>The exponent; finite and not negative, 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Power { get; init => field = Require.NotNegative(value, nameof(Power)); } = 1;

    /// <summary>Rises again beyond <see cref="DecaySteps"/>, to fall once more; false by default.</summary>
    public bool Cycle { get; init; }

    /// <inheritdoc/>
    protected override double Compute(long t)
    {
        double length = DecaySteps;
        double position = t;
        if (Cycle)
            length *= t == 0 ? 1 : Math.Ceiling(position / DecaySteps);
        else
            position = Math.Min(position, length);
        return (InitialLearningRate - EndLearningRate) * Math.Pow(1 - position / length, Power) + EndLearningRate;
    }
}
