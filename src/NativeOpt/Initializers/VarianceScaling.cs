using NativeOpt.Backends;
using NativeOpt.Initializers;

namespace NativeOpt;

/// <summary>What the variance of initial weights is divided by.</summary>
public enum FanMode
{
    /// <summary>Inputs of the layer.</summary>
    Input,

    /// <summary>Outputs of the layer.</summary>
    Output,

    /// <summary>Mean of inputs and outputs.</summary>
    Average,
}

/// <summary>Shape of the distribution of initial weights.</summary>
public enum VarianceDistribution
{
    /// <summary>Between plus and minus sqrt(3 * variance).</summary>
    Uniform,

    /// <summary>Normal, cut off at two standard deviations and widened so that the variance is kept.</summary>
    TruncatedNormal,

    /// <summary>Normal.</summary>
    UntruncatedNormal,
}

/// <summary>Random weights with mean 0 and variance scale / fan: the family of Glorot (2010), He (2015) and LeCun (1998).</summary>
public sealed record VarianceScaling : Initializer
{
    /// <summary>An initializer with variance <paramref name="scale"/> / fan.</summary>
    /// <param name="scale">Greater than 0: 1 for Glorot and LeCun, 2 for He.</param>
    /// <param name="mode">What the fan is.</param>
    /// <param name="distribution">Uniform, normal, or truncated normal.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not finite or not above 0.</exception>
    public VarianceScaling(
        double scale = 1, FanMode mode = FanMode.Input, VarianceDistribution distribution = VarianceDistribution.TruncatedNormal) =>
        (Scale, Mode, Distribution) = (Require.Positive(scale, nameof(scale)), mode, distribution);

    /// <summary>Variance times fan.</summary>
    public double Scale { get; }

    /// <summary>What the variance is divided by.</summary>
    public FanMode Mode { get; }

    /// <summary>Shape of the distribution.</summary>
    public VarianceDistribution Distribution { get; }

    /// <inheritdoc/>
    public override string ToString() => InitializerText.Write(this);

    /// <inheritdoc/>
    internal override void Fill(in InitializerTarget target, IBackend backend)
    {
        double fan = Mode switch
        {
            FanMode.Input => target.Fans.Inputs,
            FanMode.Output => target.Fans.Outputs,
            _ => ((double)target.Fans.Inputs + target.Fans.Outputs) / 2,
        };
        double deviation = Math.Sqrt(Scale / fan);
        if (Distribution == VarianceDistribution.Uniform)
        {
            double limit = Math.Sqrt(3 * (Scale / fan));
            UniformNumbers.Fill(target, -limit, limit, backend);
        }
        else if (Distribution == VarianceDistribution.UntruncatedNormal)
        {
            for (long i = 0; i < target.Count; i++)
                target.Write(i, deviation * NormalDeviates.At(target.Random, i));
        }
        else
        {
            for (long i = 0; i < target.Count; i++)
                target.Write(i, deviation / NormalDeviates.TruncatedDeviation * NormalDeviates.TruncatedAt(target.Random, i));
        }
    }
}
