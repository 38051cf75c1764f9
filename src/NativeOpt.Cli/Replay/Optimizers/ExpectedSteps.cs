using System.Globalization;

namespace NativeOpt.Cli.Replay.Optimizers;

/// <summary>Numbers that a case expects at some steps: <c>expected.weights.float64.10</c>.</summary>
internal sealed class ExpectedSteps
{
    private const int MaxSteps = 10_000_000;

    private readonly string _name;
    private readonly SortedDictionary<int, double[]> _values;

    private ExpectedSteps(string name, SortedDictionary<int, double[]> values) => (_name, _values) = (name, values);

    /// <summary>The last step with a value.</summary>
    public int Last => _values.Count == 0 ? 0 : _values.Keys.Last();

    /// <summary>
    /// Reads a series. Both precisions count as understood; double is compared where it is there, because the drift that the schema
    /// allows floats is measured from it.
    /// </summary>
    /// <param name="run">The case.</param>
    /// <param name="name">Field of "expected".</param>
    /// <exception cref="ReplayException">The series or the precision is missing, or a step is no whole number.</exception>
    public static ExpectedSteps Read(ReplayRun run, string name)
    {
        Fields series = run.Expected.Object(name);
        series.Ignore("float32");
        if (!series.Has("float64") && run.Target.IsDouble)
            throw new ReplayException($"{series.PathOf("float64")} is missing: there is nothing to compare doubles with");
        Fields steps = series.Object(series.Has("float64") ? "float64" : "float32");
        var values = new SortedDictionary<int, double[]>();
        foreach (string step in steps.Names)
            values[ParseStep(steps, step)] = steps.Numbers(step);
        return values.Count > 0 ? new ExpectedSteps(name, values) : throw new ReplayException($"{steps.Path} has no steps");
    }

    /// <summary>The numbers expected at a step, or null.</summary>
    public double[]? At(int step) => _values.GetValueOrDefault(step);

    /// <summary>Compares what came out at a step, if the series has that step.</summary>
    /// <param name="run">The case.</param>
    /// <param name="step">The step.</param>
    /// <param name="tolerance">The largest error that passes; null: the rules leave this step out.</param>
    /// <param name="actual">Gives the numbers.</param>
    public void Compare(ReplayRun run, int step, double? tolerance, Func<double[]> actual)
    {
        if (At(step) is not { } expected)
            return;
        if (tolerance is { } limit)
            run.Checks.Add(expected, actual(), limit, $"{_name}.{step}");
        else
            run.Checks.LeaveOut(expected.Length);
    }

    /// <summary>A field that is a number of steps.</summary>
    /// <exception cref="ReplayException">It is not.</exception>
    public static int ParseStep(Fields steps, string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int step) && step is >= 1 and <= MaxSteps
            ? step
            : throw new ReplayException($"{steps.Path} has '{name}'; its fields must be numbers of steps, from 1 to {MaxSteps}");
}
