namespace NativeOpt.Cli.Report.Charts;

/// <summary>A picture of a learning-rate range test: the loss over the rates, and the rate that it suggests.</summary>
internal static class FinderPicture
{
    /// <summary>The text of an SVG file.</summary>
    public static string Draw(LearningRateCurve curve)
    {
        var lines = new List<Series> { new("loss", curve.LearningRates, curve.Losses) };
        int suggested = curve.LearningRates.ToList().IndexOf(curve.Suggestion);
        if (suggested >= 0)
            lines.Add(new Series("suggestion", [curve.Suggestion], [curve.Losses[suggested]]) { Slot = 1, Points = true });
        string found = suggested < 0 ? "" : $": {ChartAxis.Short(curve.Suggestion)} is suggested";
        ChartAxis loss = ChartAxis.Loss with { HasLogarithmSwitch = false };
        return StandaloneSvg.Write("lr-find", new LineChart($"Learning-rate range test{found}", ChartAxis.LearningRate, loss, lines));
    }
}
