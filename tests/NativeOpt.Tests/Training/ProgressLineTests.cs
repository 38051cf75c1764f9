using Xunit;

namespace NativeOpt.Tests.Training;

public class ProgressLineTests
{
    private static readonly TrainingProgress Running = new(3, 10, 214, 469, 0.31274, 0.90821, TimeSpan.FromSeconds(1.23), null);

    [Fact]
    public void ARunningEpoch_IsALineThatCanBeOverwritten()
    {
        using var writer = new StringWriter();

        new ProgressLine(writer).Report(Running);

        Assert.Equal("\rEpoch  3/10 [=========>..........] 214/469  loss 0.3127, accuracy 0.9082  1.2 s", writer.ToString());
    }

    [Fact]
    public void AModelWithoutAccuracy_ShowsNone()
    {
        using var writer = new StringWriter();

        new ProgressLine(writer).Report(Running with { Accuracy = null });

        Assert.EndsWith("loss 0.3127  1.2 s", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ReportsInQuickSuccession_AreLeftOut()
    {
        using var writer = new StringWriter();
        var line = new ProgressLine(writer);

        for (int batch = 1; batch <= 400; batch++)
            line.Report(Running with { Batch = batch });

        Assert.InRange(writer.ToString().Count(character => character == '\r'), 1, 40);
    }

    [Fact]
    public void FinishedEpochs_KeepTheirLinesAndCoverWhatWasLonger()
    {
        using Sequential model = TestModels.Digits();
        using var writer = new StringWriter();

        model.Fit(DigitsData.Rows(0, 64), epochs: 2, validationSplit: 0.25, progress: new ProgressLine(writer));

        string[] lines = writer.ToString().Split('\n');
        Assert.Equal((3, ""), (lines.Length, lines[2]));
        for (int epoch = 1; epoch <= 2; epoch++)
        {
            string last = lines[epoch - 1].Split('\r')[^1];
            Assert.StartsWith($"Epoch {epoch}/2 [====================] 2/2  loss ", last, StringComparison.Ordinal);
            Assert.Contains("val_accuracy", last, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ANullWriter_IsRefused() => Assert.Throws<ArgumentNullException>(() => new ProgressLine(null!));
}
