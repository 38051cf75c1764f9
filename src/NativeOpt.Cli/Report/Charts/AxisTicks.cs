namespace NativeOpt.Cli.Report.Charts;

/// <summary>An axis: where it begins and ends, and the round numbers that are written beside it.</summary>
/// <param name="Low">Lower end; greater than 0 on a logarithmic axis.</param>
/// <param name="High">Upper end, greater than <paramref name="Low"/>.</param>
/// <param name="Ticks">Ascending, all inside the axis.</param>
/// <param name="Decimals">Digits after the point that tell the ticks apart.</param>
/// <param name="Logarithmic">Whether equal distances are equal ratios.</param>
internal sealed record AxisTicks(double Low, double High, IReadOnlyList<double> Ticks, int Decimals, bool Logarithmic = false)
{
    private static readonly int[] Mantissas = [1, 2, 5, 10];

    /// <summary>
    /// The axis over [<paramref name="minimum"/>, <paramref name="maximum"/>], widened to whole steps of 1, 2 or 5 times a power of
    /// ten, of which there are at most <paramref name="intervals"/> plus one.
    /// </summary>
    public static AxisTicks Nice(double minimum, double maximum, int intervals = 5)
    {
        if (!double.IsFinite(minimum) || !double.IsFinite(maximum) || minimum > maximum)
            (minimum, maximum) = (0, 1);
        double room = Math.Max(Math.Abs(minimum), Math.Abs(maximum)) * 1e-6;
        if (maximum - minimum <= room)
            (minimum, maximum) = room == 0 ? (0, 1) : (minimum - 0.1 * Math.Abs(minimum), maximum + 0.1 * Math.Abs(maximum));

        (int mantissa, int exponent) = Step((maximum - minimum) / intervals);
        // A step is mantissa * 10^exponent. Multiples of it are formed from whole numbers, so that 0.3 is not 0.30000000000000004.
        double size = Multiple(1, mantissa, exponent);
        long first = (long)Math.Floor(minimum / size + 1e-9);
        long last = (long)Math.Ceiling(maximum / size - 1e-9);
        double[] ticks = [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => Multiple(first + i, mantissa, exponent))];
        return new AxisTicks(ticks[0], ticks[^1], ticks, Math.Max(0, -exponent));
    }

    /// <summary>
    /// The logarithmic axis over [<paramref name="minimum"/>, <paramref name="maximum"/>], which must be greater than 0 (else 0.1..1):
    /// widened to powers of ten, or where that is less than two of them, to 1, 2 or 5 times a power of ten.
    /// </summary>
    public static AxisTicks Powers(double minimum, double maximum, int intervals = 6)
    {
        if (!double.IsFinite(minimum) || !double.IsFinite(maximum) || minimum > maximum || minimum <= 0)
            (minimum, maximum) = (0.1, 1);
        int first = (int)Math.Floor(Math.Log10(minimum) + 1e-9), last = (int)Math.Ceiling(Math.Log10(maximum) - 1e-9);
        double[] fine = [.. Enumerable.Range(first, Math.Max(1, last - first) + 1)
            .SelectMany(exponent => Mantissas[..3].Select(mantissa => Multiple(1, mantissa, exponent)))];
        if (last - first <= 2)
        {
            int from = Array.FindLastIndex(fine, tick => tick <= minimum * (1 + 1e-9));
            int to = Array.FindIndex(fine, from + 1, tick => tick >= maximum * (1 - 1e-9));
            double[] ticks = fine[from..(to + 1)];
            return new AxisTicks(ticks[0], ticks[^1], ticks, Math.Max(0, -first), Logarithmic: true);
        }
        int every = (last - first + intervals - 1) / intervals;
        double[] powers = [.. Enumerable.Range(0, (last - first) / every + 1).Select(i => Multiple(1, 1, first + i * every))];
        return new AxisTicks(powers[0], Multiple(1, 1, last), powers, Math.Max(0, -first), Logarithmic: true);
    }

    /// <summary>The axis of the epochs 1 .. <paramref name="epochs"/>: whole numbers, the first and the last among them.</summary>
    public static AxisTicks Epochs(int epochs)
    {
        if (epochs <= 1)
            return new AxisTicks(0.25, 1.5, [1], 0);
        int step = 1;
        for (int i = 0; (epochs - 1) / step > 10; i++)
            step = Mantissas[(i + 1) % 3] * (int)Math.Pow(10, (i + 1) / 3);
        var ticks = new List<double> { 1 };
        // A tick closer to the last epoch than half a step would run into its number.
        for (int tick = step == 1 ? 2 : step; tick < epochs - step / 2; tick += step)
            if (tick > 1)
                ticks.Add(tick);
        ticks.Add(epochs);
        return new AxisTicks(1, epochs, ticks, 0);
    }

    /// <summary>
    /// Where <paramref name="value"/> lies: 0 at the lower end, 1 at the upper one; NaN where a logarithmic axis has no place for it.
    /// </summary>
    public double Fraction(double value) => !Logarithmic ? (value - Low) / (High - Low)
        : value > 0 ? Math.Log(value / Low) / Math.Log(High / Low)
        : double.NaN;

    /// <summary>The smallest round step that is not below <paramref name="raw"/>.</summary>
    private static (int Mantissa, int Exponent) Step(double raw)
    {
        int exponent = (int)Math.Floor(Math.Log10(raw));
        double fraction = raw / Math.Pow(10, exponent);
        int mantissa = Mantissas.First(m => m >= fraction - 1e-9 || m == 10);
        return mantissa == 10 ? (1, exponent + 1) : (mantissa, exponent);
    }

    private static double Multiple(long count, int mantissa, int exponent) =>
        exponent < 0 ? count * mantissa / Math.Pow(10, -exponent) : count * mantissa * Math.Pow(10, exponent);
}
