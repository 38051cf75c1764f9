namespace NativeOpt.Metrics;

/// <summary>"accuracy": as Keras chooses, by the number of outputs and by whether targets are labels.</summary>
internal sealed class AutoAccuracy() : MeanMetric("accuracy")
{
    public override void Update(MetricBatch batch)
    {
        if (batch.Columns == 1)
        {
            for (int row = 0; row < batch.Rows; row++)
                Add(batch.PredictedClass(row) == batch.Target(row, 0) ? batch.Weight(row) : 0, batch.Weight(row));
        }
        else
        {
            ClassAccuracy.Add(this, batch, k: 1);
        }
    }

    internal override Metric Resolve(Loss loss, int outputs)
    {
        Metric chosen = outputs == 1 ? new BinaryAccuracy { Weighted = Weighted }
            : loss.TakesLabels ? new SparseCategoricalAccuracy { Weighted = Weighted }
            : new CategoricalAccuracy { Weighted = Weighted };
        return chosen.Named(Name).Resolve(loss, outputs);
    }
}
