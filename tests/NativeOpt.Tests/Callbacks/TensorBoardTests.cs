using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Callbacks;

public sealed class TensorBoardTests : IDisposable
{
    private static readonly InMemoryDataset Data = DigitsData.Rows(0, 64);

    private readonly TemporaryFolder _folder = new();

    private string Logs => _folder["logs"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Epochs_AreCurvesOfTrainingAndValidation()
    {
        using Sequential model = TestModels.Digits(new Sgd { LearningRate = 0.25 });
        double before = (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;

        History history = model.Fit(Data, epochs: 3, batchSize: 16, validationData: Data, callbacks: [new TensorBoard(Logs)]);

        IReadOnlyList<EventScalar> train = EventFileReader.Read(_folder["logs/train"]);
        IReadOnlyList<EventScalar> validation = EventFileReader.Read(_folder["logs/validation"]);
        Assert.Equal(Curve(history["loss"]), Points(train, "epoch_loss"));
        Assert.Equal(Curve(history["accuracy"]), Points(train, "epoch_accuracy"));
        Assert.Equal([(0, 0.25f), (1, 0.25f), (2, 0.25f)], Points(train, "epoch_learning_rate"));
        Assert.Equal(Curve(history["val_loss"]), Points(validation, "epoch_loss"));
        Assert.Equal([4, 8, 12], Points(validation, "evaluation_loss_vs_iterations").Select(point => point.Step));
        Assert.Equal(["epoch_loss", "epoch_accuracy", "epoch_learning_rate"], train.Select(scalar => scalar.Tag).Distinct());
        Assert.All(train, scalar => Assert.InRange(scalar.WallTime, before - 1, before + 600));
    }

    [Fact]
    public void Batches_AreWrittenAsOftenAsAsked()
    {
        using Sequential model = TestModels.Digits();

        model.Fit(Data, epochs: 2, batchSize: 8, callbacks: [new TensorBoard(Logs, updateFrequency: 3, writeStepsPerSecond: true)]);

        IReadOnlyList<EventScalar> train = EventFileReader.Read(_folder["logs/train"]);
        Assert.Equal([3, 6, 9, 12, 15], Points(train, "batch_loss").Select(point => point.Step));
        Assert.Equal(5, Points(train, "batch_steps_per_second").Count());
        Assert.All(Points(train, "epoch_steps_per_second"), point => Assert.True(point.Value > 0));
    }

    [Fact]
    public void AFitThatFails_LeavesAWholeFileThatIsClosed()
    {
        using Sequential model = TestModels.Digits();
        var failing = new LambdaCallback(onEpochBegin: epoch => ArgumentOutOfRangeException.ThrowIfEqual(epoch, 2));

        Assert.Throws<ArgumentOutOfRangeException>(() => model.Fit(Data, epochs: 5, callbacks: [new TensorBoard(Logs), failing]));

        string path = Assert.Single(Directory.GetFiles(_folder["logs/train"]));
        Assert.Equal(2, Points(EventFileReader.Read(_folder["logs/train"]), "epoch_loss").Count());
        using var exclusive = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [Fact]
    public void EachFit_BeginsAFile()
    {
        using Sequential model = TestModels.Digits();
        var board = new TensorBoard(Logs);

        model.Fit(Data, callbacks: [board]);
        model.Fit(Data, epochs: 2, initialEpoch: 1, callbacks: [board]);

        Assert.Equal(2, Directory.GetFiles(_folder["logs/train"]).Length);
        Assert.Equal([0, 1], Points(EventFileReader.Read(_folder["logs/train"]), "epoch_loss").Select(point => point.Step).Order());
    }

    [Fact]
    public void TheReader_FindsADamagedByte()
    {
        using Sequential model = TestModels.Digits();
        model.Fit(Data, callbacks: [new TensorBoard(Logs)]);
        byte[] bytes = File.ReadAllBytes(Directory.GetFiles(_folder["logs/train"])[0]);

        for (int i = 0; i < bytes.Length; i += 7)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[i] ^= 4;
            Assert.ThrowsAny<Exception>(() => EventFileReader.ReadFile(damaged));
        }
    }

    [Fact]
    public void LongNamesAndSteps_TakeSeveralBytesOfLength()
    {
        string tag = new('x', 300);
        using (var file = NativeOpt.Events.EventFile.Begin(Logs))
            file.Add(tag, -1.5, 5_000_000_000);

        EventScalar scalar = Assert.Single(EventFileReader.Read(Logs));
        Assert.Equal((tag, -1.5f, 5_000_000_000), (scalar.Tag, scalar.Value, scalar.Step));
    }

    [Fact]
    public void Settings_OutsideTheirRange_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new TensorBoard(" "));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorBoard(Logs, updateFrequency: 0));
    }

    [Fact]
    public void AFolderThatCannotBe_FailsBeforeTheFirstStep()
    {
        File.WriteAllText(_folder["file"], "");
        using Sequential model = TestModels.Digits();

        Assert.ThrowsAny<IOException>(() => model.Fit(Data, callbacks: [new TensorBoard(_folder["file/logs"])]));

        Assert.Equal(0, model.Optimizer!.StepCount);
    }

    private static IEnumerable<(long Step, float Value)> Curve(IReadOnlyList<double> values) =>
        values.Select((value, epoch) => ((long)epoch, (float)value));

    private static IEnumerable<(long Step, float Value)> Points(IReadOnlyList<EventScalar> scalars, string tag) =>
        scalars.Where(scalar => scalar.Tag == tag).Select(scalar => (scalar.Step, scalar.Value));
}
