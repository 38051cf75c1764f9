using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Documents;

/// <summary>The examples of src/NativeOpt/Training/Performance.md, word for word.</summary>
public class PerformanceGuideExamples
{
    [SkippableFact]
    public void Settings_AreTaken()
    {
        TestBackends.RequireNative();
        InMemoryDataset data = DigitsData.Rows(0, 512), validation = DigitsData.Rows(512, 640);
        using var model = new Sequential(seed: 1) { new Dense(32, "relu", inputShape: 64), new Dense(10, "softmax") };
        int threads = NativeOptRuntime.ThreadCount;

        try
        {
            NativeOptRuntime.RequireNative();
            NativeOptRuntime.ThreadCount = 4;
            model.Compile(new Adam { LearningRate = 0.003, MathMode = MathMode.Fast }, "sparse_categorical_crossentropy");
            History history = model.Fit(data, epochs: 4, batchSize: 128, validationData: validation, validationFrequency: 2);

            Assert.True(history["loss"][^1] < history["loss"][0]);
            Assert.Equal(2, history["val_loss"].Count);
        }
        finally
        {
            NativeOptRuntime.ThreadCount = threads;
        }
    }

    [Fact]
    public void APredictor_GivesWhatPredictGives()
    {
        using Sequential model = TestModels.Digits();
        float[] row = DigitsData.Rows(0, 1).X.GetRow(0), probabilities = new float[10];

        using Predictor predictor = model.CreatePredictor();
        predictor.Predict(row, probabilities);

        float[] expected = [.. model.Predict(DigitsData.Rows(0, 1).X).Cast<float>()];
        Assert.All(expected.Zip(probabilities), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }
}
