using NativeOpt.Cli.Comparison;

namespace NativeOpt.Cli.Tutorial;

/// <summary>One number, measured once for each seed.</summary>
/// <param name="Values">In the order of the seeds; not empty.</param>
internal sealed record Sample(IReadOnlyList<double> Values)
{
    /// <summary>Mean over the seeds.</summary>
    public double Mean => Values.Average();

    /// <summary>Standard deviation over the seeds (divided by their number minus 1); 0 for one seed.</summary>
    public double Spread => Statistics.Deviation(Values) ?? 0;

    /// <summary>"0.446 ± 0.024", or the number alone for one seed or where it does not depend on the seed.</summary>
    /// <param name="show">How a number reads.</param>
    public string Text(Func<double, string> show) => Spread > 0 ? $"{show(Mean)} \u00b1 {show(Spread)}" : show(Mean);

    /// <summary>How many seeds have a value that something holds for.</summary>
    public int Count(Func<double, bool> holds) => Values.Count(holds);

    /// <summary>The measured number of each seed, from 0.</summary>
    public static Sample Over(int seeds, Func<int, double> measure) => new([.. Enumerable.Range(0, seeds).Select(measure)]);
}
