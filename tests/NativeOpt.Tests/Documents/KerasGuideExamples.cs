using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Documents;

/// <summary>The examples of src/NativeOpt/MovingFromKeras.md, word for word.</summary>
public sealed class KerasGuideExamples : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AModel_IsCompiledFittedAndUsed()
    {
        (float[,] x, int[] y) = Rows(0, 512);
        (float[,] xTest, int[] yTest) = Rows(512, 640);

        using var model = new Sequential { new Dense(128, "relu"), new Dropout(0.2), new Dense(10, "softmax") };
        model.Compile(new Adam { LearningRate = 1e-3, ClipNorm = 1 }, "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        History history = model.Fit(x, y, epochs: 5, batchSize: 32, validationSplit: 0.1, callbacks: [new EarlyStopping { Patience = 3 }]);
        EvaluationResult test = model.Evaluate(xTest, yTest);
        float[,] probabilities = model.Predict(xTest);

        Assert.Equal(5, history["val_loss"].Count);
        Assert.InRange(test.Accuracy!.Value, 0.5, 1);
        Assert.Equal((128, 10), (probabilities.GetLength(0), probabilities.GetLength(1)));
    }

    [Fact]
    public void ACallback_ChangesTheRate()
    {
        (float[,] x, int[] y) = Rows(0, 64);
        using Sequential model = TestModels.Digits();

        History history = model.Fit(x, y, epochs: 3, callbacks: [new HalveEvery(2)]);

        Assert.Equal(0.005 / 2, model.Optimizer!.LearningRate);
        Assert.Equal(3, history.Epochs.Count);
    }

    [Fact]
    public void ALoop_TrainsAsFitDoes()
    {
        (float[,] x, int[] y) = Rows(0, 64);
        using Sequential model = TestModels.Digits(), fitted = TestModels.Digits();

        for (int step = 0; step < 100; step++)
        {
            model.ZeroGradients();
            model.Forward(x);
            double loss = model.Backward(y);
            model.Optimizer!.Step(model);
        }

        fitted.Fit(x, y, epochs: 100, batchSize: 64, shuffle: false);
        Assert.Equal(TestModels.Parameters(fitted), TestModels.Parameters(model));
    }

    [Fact]
    public void WeightsAndOptimizer_GoOn()
    {
        (float[,] x, int[] y) = Rows(0, 64);
        string folder = _folder.Path;
        using Sequential model = TestModels.Digits(new Adam());
        IReadOnlyList<float[,]> weights = model.GetWeights();
        NpzFile.Write(folder + "/weights.npz", [.. weights.Select((array, i) =>
            StoredTensor.FromSingles($"arr_{i}", [.. array.Cast<float>()], array.GetLength(0), array.GetLength(1)))]);
        NpzFile.Write(folder + "/optimizer.npz",
        [
            StoredTensor.FromSingles("adam/iteration", [7]),
            .. from slot in new[] { "momentum", "velocity" }
               from i in Enumerable.Range(0, weights.Count)
               select StoredTensor.FromSingles(
                   $"adam/{model.ParameterNames[i].Replace('/', '_')}_{slot}", new float[weights[i].Length],
                   weights[i].GetLength(0), weights[i].GetLength(1)),
        ]);

        model.LoadWeights(folder + "/weights.npz");
        model.LoadOptimizerState(folder + "/optimizer.npz");
        model.Fit(x, y, epochs: 5);
        model.SaveWeights(folder + "/back.npz");

        Assert.Equal(7 + 5 * 2, model.Optimizer!.StepCount);
        Assert.Equal(model.ParameterNames, NpzFile.Read(folder + "/back.npz").Select(tensor => tensor.Name));
    }

    private static (float[,] X, int[] Y) Rows(int first, int end)
    {
        InMemoryDataset digits = DigitsData.Rows(first, end);
        var x = new float[digits.Count, digits.InputColumns];
        for (int i = 0; i < x.Length; i++)
            x[i / digits.InputColumns, i % digits.InputColumns] = digits.X.GetRow(i / digits.InputColumns)[i % digits.InputColumns];
        return (x, digits.Y.ToLabels());
    }

    public sealed class HalveEvery(int epochs) : Callback
    {
        public override void OnEpochBegin(int epoch)
        {
            if (epoch > 0 && epoch % epochs == 0)
                Model.Optimizer!.LearningRate /= 2;
        }
    }
}
