using NativeOpt.Cli.Comparison;

namespace NativeOpt.Cli.Bench;

/// <summary>What was measured, once a round.</summary>
/// <param name="Values">In the order of the rounds.</param>
internal sealed record Sample(double[] Values)
{
    private double[] Sorted => [.. Values.Order()];

    /// <summary>The middle of the rounds: a mean would carry the neighbours' noise.</summary>
    public double Median => Statistics.Median(Values);

    /// <summary>The lower quartile.</summary>
    public double Low => Sorted[Values.Length / 4];

    /// <summary>The upper quartile.</summary>
    public double High => Sorted[Values.Length - 1 - Values.Length / 4];

    /// <summary>This over <paramref name="other"/>, round by round: what happened to the machine in a round happened to both.</summary>
    public Sample Over(Sample other) => new([.. Values.Zip(other.Values, (a, b) => a / b)]);

    /// <summary>Another quantity that follows from each value.</summary>
    public Sample Select(Func<double, double> map) => new([.. Values.Select(map)]);
}
