namespace NativeOpt.Cli.Report.Charts;

/// <summary>A picture of the values of a schedule over the steps.</summary>
internal static class SchedulePicture
{
    /// <summary>The text of an SVG file.</summary>
    /// <param name="title">What is drawn.</param>
    /// <param name="values">The value of each step, from step 0.</param>
    public static string Draw(string title, IReadOnlyList<double> values)
    {
        double[] steps = [.. Enumerable.Range(0, values.Count).Select(step => (double)step)];
        var line = new Series("", steps, values);
        return StandaloneSvg.Write("schedule", new LineChart(title, ChartAxis.Step, new ChartAxis("value"), [line]));
    }
}
