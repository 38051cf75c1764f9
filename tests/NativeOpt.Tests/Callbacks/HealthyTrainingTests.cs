using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Callbacks;

/// <summary>A doctor that cries wolf is not listened to: trainings that go well have no findings.</summary>
public sealed class HealthyTrainingTests
{
    private const int Epochs = 12;

    private static readonly InMemoryDataset Data = DigitsData.Rows(0, 512);

    public static TheoryData<string, long> Runs
    {
        get
        {
            var runs = new TheoryData<string, long>();
            foreach (string net in new[] { "relu adam", "tanh momentum", "sigmoid rmsprop", "normalized nadam", "small batches sgd",
                "deep relu adamw", "deep gelu adam", "binary adagrad", "regression adam", "regression sgd" })
                for (long seed = 1; seed <= 2; seed++)
                    runs.Add(net, seed);
            return runs;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void AHealthyRun_HasNoFindings(string net, long seed)
    {
        var doctor = new TrainingDoctor { Every = 5 };
        using Sequential model = ModelOf(net, seed);

        History history = net switch
        {
            "binary adagrad" => model.Fit(Data.X, Halves(), epochs: Epochs, callbacks: [doctor]),
            "regression adam" or "regression sgd" => model.Fit(Regression(seed), epochs: Epochs, batchSize: 16, callbacks: [doctor]),
            "small batches sgd" => model.Fit(DigitsData.Rows(0, 128), epochs: Epochs, batchSize: 2, callbacks: [doctor]),
            _ => model.Fit(Data, epochs: Epochs, callbacks: [doctor]),
        };

        Assert.True(doctor.Findings.Count == 0, doctor + "\n" + string.Join('\n', doctor.Layers));
        Assert.True(history["loss"][^1] < 0.7 * history["loss"][0], $"{net}: {history["loss"][0]} -> {history}");
    }

    private static Sequential ModelOf(string net, long seed)
    {
        (OptimizerRule rule, string loss, Layer[] layers) = net switch
        {
            "relu adam" => (new Adam { LearningRate = 0.005 }, "", [new Dense(32, "relu"), new Dense(10, "softmax")]),
            "tanh momentum" => (new Sgd { LearningRate = 0.05, Momentum = 0.9 }, "", [new Dense(32, "tanh"), new Dense(10, "softmax")]),
            "sigmoid rmsprop" => (new RMSprop { LearningRate = 0.005 }, "", [new Dense(32, "sigmoid"), new Dense(10, "softmax")]),
            "normalized nadam" => (new Nadam { LearningRate = 0.005 }, "",
                [new Dense(32), new BatchNormalization(), new ReLU(), new Dropout(0.2), new Dense(10, "softmax")]),
            "small batches sgd" => (new Sgd { LearningRate = 0.02 }, "", [new Dense(32, "relu"), new Dense(10, "softmax")]),
            "deep relu adamw" => (new AdamW { LearningRate = 0.003 }, "",
                [He(64, "relu"), He(32, "relu"), He(32, "relu"), new Dense(10, "softmax")]),
            "deep gelu adam" => ((OptimizerRule)new Adam { LearningRate = 0.003 }, "",
                (Layer[])[He(64, "gelu"), He(32, "gelu"), He(32, "gelu"), new Dense(10, "softmax")]),
            "binary adagrad" => (new Adagrad { LearningRate = 0.1 }, "binary_crossentropy",
                [new Dense(32, "relu"), new Dense(1, "sigmoid")]),
            "regression adam" => (new Adam { LearningRate = 0.01 }, "mse", [new Dense(32, "relu"), new Dense(1)]),
            _ => (new Sgd { LearningRate = 0.03 }, "mse", [new Dense(32, "tanh"), new Dense(1)]),
        };
        var model = new Sequential(seed, layers);
        model.Compile(rule, loss.Length == 0 ? TestModels.SparseLoss : loss);
        return model;
    }

    private static Dense He(int units, Activation activation) => new(units, activation, kernelInitializer: "he_normal");

    private static float[] Halves() => [.. Enumerable.Range(0, Data.Count).Select(row => Data.Y.GetLabel(row) < 5 ? 0f : 1f)];

    private static InMemoryDataset Regression(long seed)
    {
        var random = new Random((int)seed);
        var x = new float[256, 6];
        var y = new float[256];
        for (int row = 0; row < y.Length; row++)
        {
            for (int column = 0; column < 6; column++)
                x[row, column] = (float)(random.NextDouble() * 3.4 - 1.7);
            y[row] = x[row, 0] * 2 - x[row, 1] + x[row, 2] * x[row, 3] + 0.1f * (float)random.NextDouble();
        }
        return new InMemoryDataset(x, y);
    }
}
