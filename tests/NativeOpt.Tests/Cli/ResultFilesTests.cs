using System.Text.Json;
using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Output;
using Xunit;

namespace NativeOpt.Tests.Cli;

public class ResultFilesTests
{
    [Fact]
    public void ResultsJson_HasTheDocumentedNames()
    {
        using var document = JsonDocument.Parse(ResultsJson.Write(SampleResults.Create(2, "adam(lr=0.002)")));

        JsonElement root = document.RootElement;
        Assert.Equal(
            ["schema", "version", "started", "machine", "dataset", "network", "training", "plannedRuns", "runs"],
            root.EnumerateObject().Select(p => p.Name));
        JsonElement run = root.GetProperty("runs")[0];
        Assert.Equal(
            ["optimizer", "choice", "label", "learningRate", "batchSize", "initializer", "schedule", "hyperparameters", "epochs",
                "testLoss", "testAccuracy", "testAccuracyDeviation", "secondsPerEpoch", "samplesPerSecond", "seeds", "diverged"],
            run.EnumerateObject().Select(p => p.Name));
        Assert.Equal(
            ["epoch", "loss", "accuracy", "valLoss", "valAccuracy", "learningRate", "seconds", "samplesPerSecond"],
            run.GetProperty("epochs")[1].EnumerateObject().Select(p => p.Name));
        Assert.Equal("adam", run.GetProperty("optimizer").GetString());
        Assert.Equal(0.01, run.GetProperty("hyperparameters").GetProperty("learning_rate").GetDouble());
    }

    [Fact]
    public void ResultsJson_ReadBack_GivesTheSameText()
    {
        string json = ResultsJson.Write(SampleResults.Create());

        Assert.Equal(json, ResultsJson.Write(ResultsJson.Read(json)));
    }

    [Fact]
    public void ResultsJson_OfADivergedRun_WritesNullAndSaysDiverged()
    {
        string json = ResultsJson.Write(SampleResults.WithDiverged(SampleResults.Create(3), 1, from: 2));

        using var document = JsonDocument.Parse(json);
        JsonElement run = document.RootElement.GetProperty("runs")[1];
        Assert.True(run.GetProperty("diverged").GetBoolean());
        Assert.Equal(JsonValueKind.Null, run.GetProperty("testLoss").ValueKind);
        Assert.Equal(JsonValueKind.Number, run.GetProperty("epochs")[0].GetProperty("loss").ValueKind);
        Assert.Equal(JsonValueKind.Null, run.GetProperty("epochs")[1].GetProperty("valLoss").ValueKind);
        Assert.True(double.IsNaN(ResultsJson.Read(json).Runs[1].Epochs[1].Loss));
        Assert.False(document.RootElement.GetProperty("runs")[0].GetProperty("diverged").GetBoolean());
    }

    [Fact]
    public void HistoryCsv_HasARowForEveryEpochOfEveryRun()
    {
        string[] lines = HistoryCsv.Write(SampleResults.Create(3, "sgd", "adam(lr=0.1,beta_1=0.8)")).Split('\n');

        Assert.Equal(HistoryCsv.Header, lines[0]);
        Assert.Equal(2 * 3 + 2, lines.Length);
        Assert.Equal("", lines[^1]);
        Assert.StartsWith("sgd,sgd,32,glorot_uniform,none,42,1,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("\"adam(lr=0.1,beta_1=0.8)\",adam,32,glorot_uniform,none,42,3,", lines[6], StringComparison.Ordinal);
        Assert.Equal(HistoryCsv.Header.Split(',').Length, lines[1].Split(',').Length);
    }

    [Fact]
    public void HistoryCsv_OfADivergedRun_SaysNaN()
    {
        ComparisonResults results = SampleResults.WithDiverged(SampleResults.Create(2, "sgd"), 0, from: 2);

        string last = HistoryCsv.Write(results).TrimEnd('\n').Split('\n')[^1];

        Assert.StartsWith("sgd,sgd,32,glorot_uniform,none,42,2,NaN,0.1,Infinity,0.1,", last, StringComparison.Ordinal);
    }
}
