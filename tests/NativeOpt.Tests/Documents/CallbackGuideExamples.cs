using System.Diagnostics;
using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Documents;

/// <summary>The examples of src/NativeOpt/Callbacks/README.md, word for word.</summary>
public sealed class CallbackGuideExamples : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Callbacks_Together()
    {
        (float[,] x, int[] y) = Data();
        using Sequential model = TestModels.Digits();
        string folder = _folder["out"];
        Directory.CreateDirectory(folder);

        History history = model.Fit(x, y, epochs: 30, validationSplit: 0.2, callbacks:
        [
            new ReduceLROnPlateau { Factor = 0.2, Patience = 3 },
            new EarlyStopping { Patience = 6, RestoreBestWeights = true },
            new ModelCheckpoint(folder + "/best-{epoch:00}-{val_loss:0.000}.safetensors") { SaveBestOnly = true },
            new CSVLogger(folder + "/log.csv"),
            new TensorBoard(folder + "/logs"),
            new BackupAndRestore(folder + "/backup"),
        ]);
        IReadOnlyList<double> rates = history["learning_rate"];

        Assert.Equal(history.Epochs.Count, rates.Count);
        Assert.Equal(history.Epochs.Count + 1, File.ReadAllLines(folder + "/log.csv").Length);
        Assert.NotEmpty(Directory.GetFiles(folder, "best-*.safetensors"));
        Assert.NotEmpty(Directory.GetFiles(folder + "/logs/train"));
        Assert.False(Directory.Exists(folder + "/backup"));
    }

    [Fact]
    public void ACallbackOfOnesOwn()
    {
        (float[,] x, int[] y) = Data();
        using Sequential model = TestModels.Digits();
        var slow = new WarnWhenSlow(seconds: 0);

        History history = model.Fit(x, y, epochs: 2, callbacks: [slow]);

        Assert.Equal((2, 2), (slow.Warnings.Count, history["seconds"].Count));
    }

    [Fact]
    public void Functions()
    {
        (float[,] x, int[] y) = Data();
        using Sequential model = TestModels.Digits();
        var lines = new List<string>();

        model.Fit(x, y, epochs: 3, callbacks: [new LambdaCallback(onEpochEnd: (epoch, logs) => lines.Add($"{epoch}: {logs}"))]);

        Assert.Equal(3, lines.Count);
    }

    [Fact]
    public void TheDoctor()
    {
        (float[,] x, int[] y) = Data();
        using Sequential model = TestModels.Digits();

        var doctor = new TrainingDoctor();
        model.Fit(x, y, epochs: 5, callbacks: [doctor]);
        string report = doctor.ToString();   // "healthy: nothing found in 40 steps", or a line for each finding

        Assert.Equal("healthy: nothing found in 40 steps", report);
    }

    private static (float[,] X, int[] Y) Data()
    {
        const int rows = 256;
        InMemoryDataset digits = DigitsData.Rows(0, rows);
        var x = new float[rows, 64];
        for (int row = 0; row < rows; row++)
            digits.X.Require("x").CopyRow(row, System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref x[row, 0], 64));
        return (x, [.. Enumerable.Range(0, rows).Select(row => digits.Y.GetLabel(row))]);
    }

    public sealed class WarnWhenSlow(double seconds) : Callback
    {
        private long _start;

        public List<string> Warnings { get; } = [];

        public override void OnEpochBegin(int epoch) => _start = Stopwatch.GetTimestamp();

        public override void OnEpochEnd(int epoch, TrainingLogs logs)
        {
            logs["seconds"] = Stopwatch.GetElapsedTime(_start).TotalSeconds;
            if (logs["seconds"] > seconds)
                Warnings.Add($"epoch {epoch} took {logs["seconds"]:F1} s at a rate of {Model.Optimizer!.LearningRate}");
        }
    }
}
