using System.Globalization;
using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Callbacks;

public sealed class CSVLoggerTests : IDisposable
{
    private static readonly InMemoryDataset Data = DigitsData.Rows(0, 64);

    private readonly TemporaryFolder _folder = new();

    private string Log => _folder["log.csv"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Epochs_AreLinesWithAllTheirDigits()
    {
        using Sequential model = TestModels.Digits();

        History history = model.Fit(Data, epochs: 2, validationSplit: 0.25, callbacks: [new CSVLogger(Log)]);

        string[] lines = File.ReadAllLines(Log);
        Assert.Equal((3, "epoch,accuracy,loss,val_accuracy,val_loss"), (lines.Length, lines[0]));
        for (int epoch = 0; epoch < 2; epoch++)
        {
            double[] cells = [.. lines[epoch + 1].Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
            string[] names = ["accuracy", "loss", "val_accuracy", "val_loss"];
            Assert.Equal(names.Select(name => history[name][epoch]).Prepend(epoch), cells);
        }
    }

    [Fact]
    public void ALine_IsInTheFileWhenItsEpochEnds()
    {
        using Sequential model = TestModels.Digits();
        var counts = new List<int>();
        var counter = new ActionCallback { EpochEnd = (_, _, _) => counts.Add(File.ReadAllLines(Log).Length) };

        model.Fit(Data, epochs: 3, callbacks: [new CSVLogger(Log), counter]);

        Assert.Equal([2, 3, 4], counts);
    }

    [Fact]
    public void EpochsWithoutValidation_HaveNA()
    {
        using Sequential model = TestModels.Digits();

        model.Fit(Data, epochs: 3, validationData: Data, validationFrequency: 2, callbacks: [new CSVLogger(Log, separator: ";")]);

        string[] lines = File.ReadAllLines(Log);
        Assert.Equal("epoch;accuracy;loss;val_accuracy;val_loss", lines[0]);
        Assert.EndsWith(";NA;NA", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("NA", lines[2], StringComparison.Ordinal);
        Assert.EndsWith(";NA;NA", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Append_GoesOnInTheColumnsThatAreThere()
    {
        using Sequential model = TestModels.Digits();
        model.Fit(Data, epochs: 2, callbacks: [new CSVLogger(Log)]);

        model.Fit(Data, epochs: 3, initialEpoch: 2, validationData: Data, callbacks: [new CSVLogger(Log, append: true)]);

        string[] lines = File.ReadAllLines(Log);
        Assert.Equal(["epoch", "0", "1", "2"], lines.Select(line => line.Split(',')[0]));
        Assert.All(lines, line => Assert.Equal(3, line.Split(',').Length));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WithoutAFileOrAppend_ItBeginsWithItsColumns(bool append)
    {
        if (!append)
            File.WriteAllText(Log, "something else\n");
        using Sequential model = TestModels.Digits();

        model.Fit(Data, callbacks: [new CSVLogger(Log, append: append)]);

        Assert.Equal("epoch,accuracy,loss", File.ReadAllLines(Log)[0]);
    }

    [Fact]
    public void FilesThatCannotBeWritten_FailBeforeTheFirstStep()
    {
        using Sequential model = TestModels.Digits();
        File.WriteAllText(Log, "a,b\n1,2\n");

        Assert.Throws<DirectoryNotFoundException>(() => model.Fit(Data, callbacks: [new CSVLogger(_folder["absent/log.csv"])]));
        var failure = Assert.Throws<InvalidDataException>(() => model.Fit(Data, callbacks: [new CSVLogger(Log, append: true)]));

        Assert.Contains("begins with 'a,b'", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, model.Optimizer!.StepCount);
        Assert.Equal("a,b\n1,2\n", File.ReadAllText(Log));
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\n")]
    [InlineData("a")]
    [InlineData(".")]
    [InlineData("")]
    public void ASeparatorThatCannotBe_IsRefused(string separator) =>
        Assert.Equal("separator", Assert.Throws<ArgumentException>(() => new CSVLogger(Log, separator)).ParamName);

    [Fact]
    public void AnEmptyPath_IsRefused() => Assert.Throws<ArgumentException>(() => new CSVLogger(" "));
}
