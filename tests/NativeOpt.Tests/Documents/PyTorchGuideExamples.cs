using Xunit;

namespace NativeOpt.Tests.Documents;

/// <summary>The examples of src/NativeOpt/MovingFromPyTorch.md, word for word.</summary>
public sealed class PyTorchGuideExamples : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AModule_IsTrainedLoadedAndSaved()
    {
        DataSplit digits = Datasets.Digits.Load();
        Dataset train = digits.Train;
        int stepsPerEpoch = (train.Count + 31) / 32;
        string folder = _folder.Path;

        using var model = new Sequential(seed: 42)
        {
            new Dense(32, inputShape: 64, kernelInitializer: "torch_default", biasInitializer: "torch_default"),
            new BatchNormalization(convention: Convention.PyTorch),
            new ReLU(),
            new Dense(10, kernelInitializer: "torch_default", biasInitializer: "torch_default"),
        };
        var optimizer = new AdamW
        {
            LearningRate = new StepLR(1e-3, stepSize: 10) { Gamma = 0.5 }.PerEpoch(stepsPerEpoch),
            Epsilon = 1e-8,
            WeightDecay = 0.01,
            WeightDecayExclude = [],
            GlobalClipNorm = 1,
            Convention = Convention.PyTorch,
        };
        model.Compile(optimizer, "cross_entropy", metrics: ["accuracy"]);
        model.Fit(train, epochs: 20, batchSize: 32);

        Assert.InRange(model.Evaluate(digits.Test).Accuracy!.Value, 0.93, 1);
        Assert.Equal(20 * stepsPerEpoch, model.Optimizer!.StepCount);

        WriteTorchFiles(model, folder);
        model.LoadWeights(folder + "/weights.safetensors");
        model.LoadOptimizerState(folder + "/optimizer.safetensors");
        model.Fit(train, epochs: 5);
        model.SaveWeights(folder + "/back.safetensors", TensorNaming.PyTorch);

        Assert.Equal(3 + 5 * stepsPerEpoch, model.Optimizer.StepCount);
        Assert.Contains("dense.weight", SafetensorsFile.Read(folder + "/back.safetensors").Tensors.Select(tensor => tensor.Name));
    }

    [Fact]
    public void TheLoop_IsTheSame()
    {
        InMemoryDataset moons = Datasets.MakeMoons(320, noise: 0.1, seed: 42);
        using var model = new Sequential(seed: 1) { new Dense(16, "relu", inputShape: 2), new Dense(2) };
        model.Compile(new Adam { LearningRate = 0.01, Epsilon = 1e-8, Convention = Convention.PyTorch }, "cross_entropy");
        List<(float[,] X, int[] Y)> batches = [.. Enumerable.Range(0, 10).Select(i => Batch(moons, i * 32, 32))];
        double before = model.Evaluate(moons).Loss;

        foreach ((float[,] x, int[] y) in batches)
        {
            model.ZeroGradients();
            float[,] logits = model.Forward(x);
            double loss = model.Backward(y);
            model.Optimizer!.Step(model);
        }

        Assert.True(model.Evaluate(moons).Loss < before);
        Assert.Equal(10, model.Optimizer!.StepCount);
    }

    [Fact]
    public void AnOptimizer_NeedsNoModel()
    {
        float[] weights = [1, 2], gradients = [1, -1];

        using var own = new Optimizer(new Sgd { LearningRate = 0.1, Momentum = 0.9, Convention = Convention.PyTorch });
        own.Step(weights, gradients);

        Assert.Equal([0.9f, 2.1f], weights);
    }

    // What the two calls of save_file write, for three steps with zeros as moments.
    private static void WriteTorchFiles(Sequential model, string folder)
    {
        model.SaveWeights(folder + "/weights.safetensors", TensorNaming.PyTorch);
        IReadOnlyList<StoredTensor> weights = SafetensorsFile.Read(folder + "/weights.safetensors").Tensors;
        StoredTensor[] trained = [.. weights.Where(tensor => !tensor.Name.Contains("running"))];
        SafetensorsFile.Write(folder + "/optimizer.safetensors",
        [
            .. trained.SelectMany((tensor, i) => new[]
            {
                StoredTensor.FromSingles($"state.{i}.step", [3]),
                StoredTensor.FromSingles($"state.{i}.exp_avg", new float[tensor.Count], [.. tensor.Shape]),
                StoredTensor.FromSingles($"state.{i}.exp_avg_sq", new float[tensor.Count], [.. tensor.Shape]),
            }),
        ]);
    }

    private static (float[,] X, int[] Y) Batch(InMemoryDataset data, int first, int count)
    {
        var x = new float[count, 2];
        var y = new int[count];
        for (int row = 0; row < count; row++)
        {
            (x[row, 0], x[row, 1]) = (data.X.GetRow(first + row)[0], data.X.GetRow(first + row)[1]);
            y[row] = data.Y.GetLabel(first + row);
        }
        return (x, y);
    }
}
