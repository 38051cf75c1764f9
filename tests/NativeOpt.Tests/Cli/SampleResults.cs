using System.Text.Json.Nodes;
using NativeOpt.Cli.Comparison;

namespace NativeOpt.Tests.Cli;

/// <summary>Results of no real run, for what writes them down: smooth curves that differ from run to run.</summary>
internal static class SampleResults
{
    private static readonly MachineInfo Machine = new()
    {
        Cpu = "Test & Sons <fast> CPU",
        Processors = 2,
        Backend = "native",
        BackendReason = "the native library is loaded",
        InstructionSet = "avx512",
        OpenBlasVersion = "OpenBLAS 0.3.21",
        OpenBlasCore = "SkylakeX",
        Threads = 2,
        OperatingSystem = "Debian GNU/Linux 12 (bookworm)",
        Architecture = "X64",
        DotNet = "10.0.0",
    };

    public static ComparisonResults Create(int epochs = 10, params string[] labels)
    {
        labels = labels.Length > 0 ? labels : ["sgd", "momentum", "nesterov", "rmsprop", "adam"];
        return new ComparisonResults
        {
            Version = "1.2.3",
            Started = new DateTimeOffset(2025, 3, 4, 5, 6, 7, TimeSpan.Zero),
            Machine = Machine,
            Dataset = new DatasetInfo
            {
                Name = "fashion-mnist",
                Title = "Fashion-MNIST",
                Inputs = 784,
                Classes = 10,
                TrainSamples = 54000,
                ValidationSamples = 6000,
                TestSamples = 10000,
            },
            Network = new NetworkInfo
            {
                Layers = [784, 128, 10],
                HiddenActivation = "relu",
                OutputActivation = "softmax",
                Loss = "sparse_categorical_crossentropy",
                Parameters = 101770,
            },
            Training = new TrainingInfo { Epochs = epochs, BatchSize = 32, Seed = 42 },
            PlannedRuns = labels.Length,
            Runs = [.. labels.Select((label, i) => Run(label, i, epochs))],
        };
    }

    /// <summary>A copy whose run <paramref name="index"/> has no finite loss from epoch <paramref name="from"/> on.</summary>
    public static ComparisonResults WithDiverged(ComparisonResults results, int index, int from)
    {
        RunResult[] runs = [.. results.Runs];
        runs[index] = WithOneSeed(runs[index] with
        {
            TestLoss = double.NaN,
            TestAccuracy = 0.1,
            Epochs = [.. runs[index].Epochs.Select(e => e.Epoch < from ? e
                : e with { Loss = double.NaN, ValLoss = double.PositiveInfinity, Accuracy = 0.1, ValAccuracy = 0.1 })],
        });
        return results with { Runs = runs };
    }

    private static RunResult Run(string label, int index, int epochs)
    {
        double pace = 0.25 + 0.12 * (index % 5);
        return WithOneSeed(new RunResult
        {
            Optimizer = label.Split('(')[0],
            Choice = label,
            Label = label,
            BatchSize = 32,
            Initializer = "glorot_uniform",
            LearningRate = index < 3 ? 0.01 : 0.001,
            Hyperparameters = new JsonObject { ["learning_rate"] = index < 3 ? 0.01 : 0.001, ["nesterov"] = index == 2 },
            Epochs = [.. Enumerable.Range(1, epochs).Select(e => new EpochNumbers
            {
                Epoch = e,
                Loss = 0.22 + 0.55 * Math.Exp(-pace * e) - 0.01 * index % 7,
                Accuracy = 0.915 - 0.2 * Math.Exp(-pace * e),
                ValLoss = 0.32 + 0.4 * Math.Exp(-pace * e) + 0.012 * Math.Sin(e + index),
                ValAccuracy = 0.885 - 0.14 * Math.Exp(-pace * e) + 0.004 * Math.Sin(2 * e + index),
                LearningRate = index < 3 ? 0.01 : 0.001,
                Seconds = 1.2 + 0.1 * index,
                SamplesPerSecond = 54000 / (1.2 + 0.1 * index),
            })],
            TestLoss = 0.35,
            TestAccuracy = 0.85 + 0.007 * (index % 6),
            SecondsPerEpoch = 1.2 + 0.1 * index,
            SamplesPerSecond = 54000 / (1.2 + 0.1 * index),
        });
    }

    /// <summary>The run as the only one of its setting.</summary>
    private static RunResult WithOneSeed(RunResult run) => run with
    {
        Seeds =
        [
            new SeedResult
            {
                Seed = 42,
                Epochs = run.Epochs,
                TestLoss = run.TestLoss,
                TestAccuracy = run.TestAccuracy,
                SecondsPerEpoch = run.SecondsPerEpoch,
            },
        ],
    };
}
