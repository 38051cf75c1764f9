using System.Globalization;

namespace NativeOpt.Cli.Replay;

/// <summary>How far a result is from what was expected.</summary>
/// <param name="Where">Path of the value: "weights.10[3]".</param>
/// <param name="Expected">What the file has, in the precision of the run.</param>
/// <param name="Actual">What came out.</param>
/// <param name="Error">|actual - expected| / max(|expected|, 1).</param>
/// <param name="Tolerance">The largest error that passes.</param>
internal readonly record struct Deviation(string Where, double Expected, double Actual, double Error, double Tolerance)
{
    /// <summary>Whether it passes.</summary>
    public bool IsClose => Error <= Tolerance;

    /// <summary>The error in units of the tolerance: 1 is the limit.</summary>
    public double Share => Error == 0 ? 0 : Error / Tolerance;

    /// <summary>"weights.10[3] is 0.5, expected 0.4: error 0.1, tolerance 2e-06".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Where} is {Actual:R}, expected {Expected:R}: error {Error:0.00e-0}, tolerance {Tolerance:0.##e-0}");
}
