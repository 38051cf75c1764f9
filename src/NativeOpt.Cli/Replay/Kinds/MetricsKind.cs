namespace NativeOpt.Cli.Replay.Kinds;

/// <summary>Metrics of classes, of scores for two classes, or of numbers. They compute in double on every target.</summary>
internal sealed class MetricsKind : IReplayKind
{
    /// <inheritdoc/>
    public string Name => "metrics";

    /// <inheritdoc/>
    public void Replay(ReplayRun run)
    {
        run.Fields.Ignore("hyper", "convention");
        foreach (string name in run.Expected.Names)
        {
            double[] actual = run.Inputs.Has("score") ? OfScores(run.Inputs, name)
                : IsAboutClasses(run.Expected) ? OfClasses(run.Inputs, name)
                : [Measure(run.Inputs, KnownMetrics.OfNumbers(name), "y_pred")];
            run.Checks.AddDouble(run.Expected.Numbers(name), actual, Tolerances.Float64, name);
        }
    }

    // Labels look like numbers: the metrics tell which they are.
    private static bool IsAboutClasses(Fields expected) =>
        expected.Names.Any(name => name.StartsWith("accuracy", StringComparison.Ordinal)
            || name.StartsWith("confusion", StringComparison.Ordinal) || KnownMetrics.IsAveragedOverClasses(name));

    private static double[] OfScores(Fields inputs, string name)
    {
        double threshold = inputs.Number("threshold", 0.5);
        if (!KnownMetrics.NeedsClasses(name))
            return [Measure(inputs, KnownMetrics.OfScores(name, threshold), "score")];
        int[] predicted = [.. inputs.Numbers("score").Select(score => score > threshold ? 1 : 0)];
        return MeasureClasses(inputs, KnownMetrics.OfClasses(name), predicted);
    }

    private static double[] OfClasses(Fields inputs, string name) =>
        MeasureClasses(inputs, KnownMetrics.OfClasses(name), inputs.Integers("y_pred"));

    private static double[] MeasureClasses(Fields inputs, Metric metric, int[] predicted)
    {
        int[] labels = inputs.Integers("y_true");
        int classes = 1 + Math.Max(labels.Max(), predicted.Max());
        var rows = new double[predicted.Length * classes];
        for (int row = 0; row < predicted.Length; row++)
            rows[row * classes + predicted[row]] = 1;
        metric.Update(new MetricBatch(rows, labels, classes, Weights(inputs)));
        return metric is ConfusionMatrix matrix ? [.. matrix.ToArray().Cast<double>()] : [metric.Result];
    }

    private static double Measure(Fields inputs, Metric metric, string predictions)
    {
        metric.Update(new MetricBatch(inputs.Numbers(predictions), inputs.Numbers("y_true"), columns: 1, Weights(inputs)));
        return metric.Result;
    }

    private static double[] Weights(Fields inputs) => inputs.Has("sample_weight") ? inputs.Numbers("sample_weight") : [];
}
