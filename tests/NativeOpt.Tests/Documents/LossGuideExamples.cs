using Xunit;

namespace NativeOpt.Tests.Documents;

/// <summary>The examples of src/NativeOpt/Losses/README.md, word for word.</summary>
public class LossGuideExamples
{
    [Fact]
    public void Losses_AreTakenByNameAndAsObjects()
    {
        using var model = new Sequential(seed: 1) { new Dense(3, inputShape: 2) };

        model.Compile("adam", "huber");                                            // Keras' name, default settings
        model.Compile("adam", new Huber { Delta = 2, Reduction = Reduction.Sum });
        model.Compile("adam", "cross_entropy");                                    // PyTorch's function: logits, ignore_index -100
        model.Compile("adam", new CategoricalCrossentropy { LabelSmoothing = 0.1 },
            metrics: ["accuracy", new TopKCategoricalAccuracy(3), new MeanAbsoluteError()]);

        Assert.Equal(["loss", "accuracy", "top_k_categorical_accuracy", "mean_absolute_error"],
            model.Evaluate(new float[,] { { 1, 2 } }, new float[,] { { 0, 1, 0 } }).Logs.Select(number => number.Key));
    }

    [Fact]
    public void ALossAndAMetricOfOnesOwn_AreComputed()
    {
        using var model = new Sequential(seed: 1) { new Dense(1, inputShape: 1, kernelInitializer: "ones") };
        model.Compile("sgd", new QuarticError(), metrics: [new MeanOutput()]);

        TrainingLogs logs = model.Evaluate(new float[,] { { 1 }, { 3 } }, new float[] { 0, 1 }).Logs;

        Assert.Equal(((1 + 16) / 2.0, 2.0), (logs["loss"], logs["mean_output"]));
    }

    public sealed record QuarticError : CustomLoss
    {
        public override string Name => "quartic_error";

        public override double Compute(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
        {
            double sum = 0;
            for (int i = 0; i < prediction.Length; i++)
            {
                double d = prediction[i] - target[i];
                sum += d * d * d * d;
                if (!gradient.IsEmpty)
                    gradient[i] = (float)(4 * d * d * d);
            }
            return sum;
        }
    }

    public sealed class MeanOutput() : MeanMetric("mean_output")
    {
        public override void Update(MetricBatch batch)
        {
            for (int row = 0; row < batch.Rows; row++)
                Add(batch.Weight(row) * batch.Prediction(row)[0], batch.Weight(row));
        }
    }
}
