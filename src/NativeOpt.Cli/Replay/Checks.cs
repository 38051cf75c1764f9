namespace NativeOpt.Cli.Replay;

/// <summary>Compares results with what was expected and keeps the worst.</summary>
internal sealed class Checks(ReplayTarget target)
{
    /// <summary>Numbers compared so far.</summary>
    public int Count { get; private set; }

    /// <summary>Numbers that a rule of the schema leaves out, such as late steps of chaotic cases.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Numbers that were not close.</summary>
    public int Failed { get; private set; }

    /// <summary>The largest error by its tolerance; null before the first comparison.</summary>
    public Deviation? Worst { get; private set; }

    /// <summary>Compares a list of numbers. NaN equals NaN only.</summary>
    /// <param name="expected">What the file has; seen in the precision of the run.</param>
    /// <param name="actual">What came out.</param>
    /// <param name="tolerance">The largest |actual - expected| / max(|expected|, 1) that passes.</param>
    /// <param name="where">Path of the list.</param>
    /// <exception cref="ReplayException">The lists are not of one length.</exception>
    public void Add(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance, string where)
    {
        RequireSameLength(expected, actual, where);
        for (int i = 0; i < expected.Length; i++)
            Compare(
                target.IsDouble ? expected[i] : (float)expected[i], actual[i], tolerance,
                expected.Length == 1 ? where : $"{where}[{i}]", smallest: 1);
    }

    /// <summary>Compares numbers that are doubles on every target, such as those of a schedule.</summary>
    public void AddDouble(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance, string where, double smallest = 1)
    {
        RequireSameLength(expected, actual, where);
        for (int i = 0; i < expected.Length; i++)
            Compare(expected[i], actual[i], tolerance, $"{where}[{i}]", smallest);
    }

    /// <summary>Compares something that is right or wrong, such as a number of steps; absent is NaN.</summary>
    public void AddExact(double? expected, double? actual, string where) =>
        Compare(expected ?? double.NaN, actual ?? double.NaN, 0, where, 1);

    /// <summary>Numbers that are not to be compared.</summary>
    public void LeaveOut(int count) => LeftOut += count;

    private static void RequireSameLength(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, string where)
    {
        if (expected.Length != actual.Length)
            throw new ReplayException($"expected.{where} has {expected.Length} numbers; replaying gives {actual.Length}");
    }

    private void Compare(double expected, double actual, double tolerance, string where, double smallest)
    {
        double error = expected.Equals(actual) ? 0 : Math.Abs(actual - expected) / Math.Max(Math.Abs(expected), smallest);
        // A difference that is NaN is as wrong as can be.
        var deviation = new Deviation(where, expected, actual, double.IsNaN(error) ? double.PositiveInfinity : error, tolerance);
        Count++;
        Failed += deviation.IsClose ? 0 : 1;
        if (Worst is not { } worst || deviation.Share > worst.Share)
            Worst = deviation;
    }
}
