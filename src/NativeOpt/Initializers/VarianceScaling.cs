using System.Globalization;
using NativeOpt.Backends;
using NativeOpt.Backends.Managed;
using NativeOpt.Initializers;
using NativeOpt.Interop;

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
}

/// <summary>Random weights with mean 0 and variance scale / fan: the family of Glorot (2010) and He (2015).</summary>
public sealed record VarianceScaling : Initializer
{
    /// <summary>Standard deviation of a standard normal number given that it lies within (-2, 2).</summary>
    private const double TruncatedDeviation = 0.87962566103423978;

    /// <summary>Probability of a standard normal number below -2.</summary>
    private const double LowerTail = 0.022750131948179207;

    /// <summary>An initializer with variance <paramref name="scale"/> / fan.</summary>
    /// <param name="scale">Greater than 0: 1 for Glorot, 2 for He.</param>
    /// <param name="mode">What the fan is.</param>
    /// <param name="distribution">Uniform, or truncated normal.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not finite or not above 0.</exception>
    public VarianceScaling(double scale, FanMode mode, VarianceDistribution distribution)
    {
        if (!double.IsFinite(scale) || scale <= 0)
            throw new ArgumentOutOfRangeException(nameof(scale), scale, string.Create(
                CultureInfo.InvariantCulture, $"scale is {scale}; it must be finite and greater than 0"));
        (Scale, Mode, Distribution) = (scale, mode, distribution);
    }

    /// <summary>Variance times fan.</summary>
    public double Scale { get; }

    /// <summary>What the variance is divided by.</summary>
    public FanMode Mode { get; }

    /// <summary>Shape of the distribution.</summary>
    public VarianceDistribution Distribution { get; }

    /// <inheritdoc/>
    internal override void Fill(NoptMatrix target, Fans fans, RandomSource random, IBackend backend)
    {
        double fan = Mode switch
        {
            FanMode.Input => fans.Inputs,
            FanMode.Output => fans.Outputs,
            _ => ((double)fans.Inputs + fans.Outputs) / 2,
        };
        double variance = Scale / fan;
        if (Distribution == VarianceDistribution.Uniform)
            FillUniform(target, Math.Sqrt(3 * variance), random, backend);
        else
            FillTruncatedNormal(target, Math.Sqrt(variance) / TruncatedDeviation, random);
    }

    private static unsafe void FillUniform(NoptMatrix target, double limit, RandomSource random, IBackend backend)
    {
        var args = new NoptRandomUniformArgs
        {
            StructSize = (uint)sizeof(NoptRandomUniformArgs),
            Seed = random.Seed,
            Stream = random.Stream,
            Low = -limit,
            High = limit,
            Y = target,
        };
        var op = new NoptOp { StructSize = (uint)sizeof(NoptOp), Kind = (int)NoptOpKind.RandomUniform, Args = &args };
        backend.Run(&op, 1);
    }

    // Element i is the quantile of a probability between the two cut-offs, drawn from word i of the stream: one word an
    // element and no rejection, so elements do not depend on each other.
    private static unsafe void FillTruncatedNormal(NoptMatrix target, double deviation, RandomSource random)
    {
        long count = target.Rows * target.Columns;
        for (long i = 0; i < count; i++)
        {
            uint word = Philox.Block(random.Seed, random.Stream, (ulong)i / 4)[(int)(i % 4)];
            double fraction = (word + 0.5) / (1UL << 32);
            double value = deviation * NormalQuantile.At(LowerTail + fraction * (1 - 2 * LowerTail));
            if (target.Dtype == (int)NoptDtype.F64)
                ((double*)target.Data)[i] = value;
            else
                ((float*)target.Data)[i] = (float)value;
        }
    }
}
