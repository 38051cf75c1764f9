namespace NativeOpt.Metrics;

/// <summary>Share of rows whose class is among the K largest predictions.</summary>
internal static class ClassAccuracy
{
    /// <summary>Adds the rows of a batch.</summary>
    public static void Add(MeanMetric metric, MetricBatch batch, int k)
    {
        for (int row = 0; row < batch.Rows; row++)
        {
            bool right = k == 1 && batch.Columns > 1
                ? batch.PredictedClass(row) == batch.TargetClass(row)
                : IsInTop(batch.Prediction(row), batch.TargetClass(row), k);
            metric.Add(right ? batch.Weight(row) : 0, batch.Weight(row));
        }
    }

    /// <summary>
    /// Fewer than k predictions are larger than that of the class, as TensorFlow's in_top_k counts: equal ones are all in. A class
    /// outside the row, or one whose prediction is no number, is not.
    /// </summary>
    private static bool IsInTop(ReadOnlySpan<double> prediction, int label, int k)
    {
        if ((uint)label >= (uint)prediction.Length || !double.IsFinite(prediction[label]))
            return false;
        int larger = 0;
        foreach (double value in prediction)
            larger += value > prediction[label] ? 1 : 0;
        return larger < k;
    }
}
