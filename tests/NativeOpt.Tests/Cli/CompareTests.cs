using System.Text.RegularExpressions;
using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Loading;
using NativeOpt.Cli.Output;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>The whole command on the digits: a second or two a run.</summary>
public partial class CompareTests
{
    private static readonly string[] Files = ["history.csv", "report.html", "results.json"];

    [SkippableTheory]
    [InlineData("managed")]
    [InlineData("native")]
    public void Compare_OnDigits_LearnsAndWritesItsFiles(string backend)
    {
        RequireBackend(backend);
        using var folder = new TemporaryFolder();

        Cli.Outcome outcome = Cli.Run(
            "compare", "--dataset", "digits", "--epochs", "5", "--backend", backend, "--output", folder["a/b"]);

        Assert.Equal(("", ExitCode.Success), (outcome.Error, outcome.ExitCode));
        Assert.Equal(["a", "a/b", .. Files.Select(file => $"a/b/{file}")], folder.Entries());
        ComparisonResults results = ResultsJson.Read(File.ReadAllText(folder["a/b/results.json"]));
        Assert.Equal(["sgd", "momentum", "nesterov", "rmsprop", "adam"], results.Runs.Select(run => run.Optimizer));
        Assert.Equal([64, 128, 10], results.Network.Layers);
        Assert.Equal(64 * 128 + 128 + 128 * 10 + 10, results.Network.Parameters);
        Assert.Equal((1345, 97, 355), (results.Dataset.TrainSamples, results.Dataset.ValidationSamples, results.Dataset.TestSamples));
        Assert.Equal((backend, 5, 32), (results.Machine.Backend, results.Training.Epochs, results.Training.BatchSize));
        Assert.All(results.Runs, run => Assert.Equal([1, 2, 3, 4, 5], run.Epochs.Select(e => e.Epoch)));
        Assert.All(results.Runs, run => Assert.True(run.Last.Loss < run.Epochs[0].Loss));
        Assert.All(results.Runs.Skip(1), run => Assert.InRange(run.TestAccuracy, 0.85, 1));
        Assert.All(results.Runs, run => Assert.Equal(results.Dataset.TrainSamples / run.SecondsPerEpoch, run.SamplesPerSecond, 1e-6));
        Assert.Equal(0.9, (double?)results.Runs[1].Hyperparameters["momentum"]);
        Assert.Contains(folder["a/b/report.html"], outcome.Output, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("managed")]
    [InlineData("native")]
    public void Compare_WithTheSameSeed_GivesTheSameNumbers(string backend)
    {
        RequireBackend(backend);
        string first = NumbersOf(Compare("--backend", backend, "--seed", "7"));
        string second = NumbersOf(Compare("--backend", backend, "--seed", "7"));
        string other = NumbersOf(Compare("--backend", backend, "--seed", "8"));

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Compare_OfADivergingRun_SaysSoAndSucceeds()
    {
        using var folder = new TemporaryFolder();

        Cli.Outcome outcome = Cli.Run("compare", "--dataset", "digits", "--epochs", "2", "--backend", "managed",
            "--optimizers", "sgd,sgd(lr=1e30)", "--output", folder.Path);

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        Assert.Contains("sgd(lr=1e30)  epoch 2/2  loss diverged", outcome.Output, StringComparison.Ordinal);
        ComparisonResults results = ResultsJson.Read(File.ReadAllText(folder["results.json"]));
        Assert.Equal([false, true], results.Runs.Select(run => run.Diverged));
        Assert.Contains("diverged", File.ReadAllText(folder["report.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_WithItsOwnNetworkAndRates_UsesThem()
    {
        ComparisonResults results = Compare(
            "--backend", "managed", "--hidden", "16,12", "--batch-size", "100", "--learning-rate", "0.02",
            "--optimizers", "adam,sgd(lr=0.5)");

        Assert.Equal([64, 16, 12, 10], results.Network.Layers);
        Assert.Equal(100, results.Training.BatchSize);
        Assert.Equal([0.02, 0.5], results.Runs.Select(run => run.LearningRate));
        Assert.Equal([0.02, 0.5], results.Runs.Select(run => (double?)run.Hyperparameters["learning_rate"]));
    }

    [Fact]
    public void Compare_ThatIsInterrupted_WritesNothing()
    {
        using var folder = new TemporaryFolder();
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        Assert.ThrowsAny<OperationCanceledException>(() => Cli.Run(source.Token,
            "compare", "--dataset", "digits", "--epochs", "100000", "--backend", "managed", "--output", folder["out"]));

        Assert.Empty(folder.Entries());
    }

    [Fact]
    public void Compare_IntoAFile_SaysSoBeforeTraining()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "kept");

        Cli.Outcome outcome = Cli.Run("compare", "--dataset", "digits", "--epochs", "100000", "--output", folder["file"]);

        Assert.Equal(ExitCode.BadInput, outcome.ExitCode);
        Assert.StartsWith($"error: --output is '{folder["file"]}'", outcome.Error, StringComparison.Ordinal);
        Assert.Equal("kept", File.ReadAllText(folder["file"]));
    }

    [Theory]
    [InlineData("report.html")]
    [InlineData("history.csv")]
    [InlineData("results.json")]
    public void Compare_WhereAFolderHasTheNameOfAFile_SaysSoBeforeTraining(string name)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder[name]);

        Cli.Outcome outcome = Cli.Run("compare", "--dataset", "digits", "--epochs", "100000", "--output", folder.Path);

        Assert.Equal((ExitCode.BadInput, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith($"error: --output is '{folder.Path}'; the file {name} ", outcome.Error, StringComparison.Ordinal);
        Assert.Equal([name], folder.Entries());
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("empty")]
    [InlineData("truncated")]
    [InlineData("foreign")]
    public void Compare_WithUnusableData_NamesTheFolderAndWritesNothing(string fault)
    {
        using var folder = new TemporaryFolder();
        string data = folder["data"];
        if (fault != "missing")
            Directory.CreateDirectory(data);
        if (fault is "truncated" or "foreign")
        {
            ReadOnlySpan<byte> content = fault == "foreign" ? "PK\u0003\u0004 no such file"u8 : [0, 0, 8, 3, 0, 0];
            foreach (string name in new[] { "train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1" })
                File.WriteAllBytes(Path.Combine(data, $"{name}-ubyte"), content);
        }
        string[] before = folder.Entries();

        Cli.Outcome outcome = Cli.Run("compare", "--data-dir", data, "--output", folder["out"]);

        Assert.Equal(ExitCode.BadInput, outcome.ExitCode);
        Assert.StartsWith($"error: --data-dir is '{data}'", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(before, folder.Entries());
    }

    [Theory]
    [InlineData(1, 1, "there must be 2 training samples at least")]
    [InlineData(2, 4, "t10k-images-idx3-ubyte: expected 1 pixels a picture")]
    public void Compare_WithDataThatCannotBeTrainedOn_NamesTheFolderAndWritesNothing(byte trainRows, byte testPixels, string fault)
    {
        using var folder = new TemporaryFolder();
        WriteIdx("train-images-idx3-ubyte", trainRows, 1, 1);
        WriteIdx("train-labels-idx1-ubyte", trainRows);
        WriteIdx("t10k-images-idx3-ubyte", 1, 1, testPixels);
        WriteIdx("t10k-labels-idx1-ubyte", 1);

        Cli.Outcome outcome = Cli.Run("compare", "--data-dir", folder.Path, "--backend", "managed", "--output", folder["out"]);

        Assert.Equal((ExitCode.BadInput, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith($"error: --data-dir is '{folder.Path}'; ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(fault, outcome.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));

        // Zeros in this shape.
        void WriteIdx(string name, params byte[] shape) => File.WriteAllBytes(folder[name],
            [0, 0, 8, (byte)shape.Length, .. shape.SelectMany(size => new byte[] { 0, 0, 0, size }),
                .. new byte[shape.Aggregate(1, (product, size) => product * size)]]);
    }

    [Fact]
    public void Load_WithoutADatasetWhereFashionMnistIsMissing_SaysWhatItTakesInstead()
    {
        var notes = new List<string>();

        LoadedData data = ComparisonData.Load(new DataChoice(), isInstalled: () => false, notes.Add);

        Assert.Equal("digits", data.Name);
        Assert.StartsWith("Fashion-MNIST is not installed", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfANamedDataset_NeverTakesAnotherOne()
    {
        using var folder = new TemporaryFolder();
        var choice = new DataChoice { Dataset = "fashion-mnist", Directory = folder.Path };

        var failure = Assert.Throws<InputException>(() =>
            ComparisonData.Load(choice, isInstalled: () => false, note => Assert.Fail(note)));

        Assert.StartsWith("--data-dir is", failure.Message, StringComparison.Ordinal);
    }

    private static void RequireBackend(string backend)
    {
        if (backend == "native")
            TestBackends.RequireNative();
    }

    private static ComparisonResults Compare(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        Cli.Outcome outcome = Cli.Run(["compare", "--dataset", "digits", "--epochs", "2", .. arguments, "--output", folder.Path]);
        Assert.Equal(("", ExitCode.Success), (outcome.Error, outcome.ExitCode));
        return ResultsJson.Read(File.ReadAllText(folder["results.json"]));
    }

    /// <summary>results.json without what may differ from run to run.</summary>
    private static string NumbersOf(ComparisonResults results) => Times().Replace(
        ResultsJson.Write(results with { Started = default, Training = results.Training with { Seed = 0 } }), "");

    [GeneratedRegex("\"(seconds|secondsPerEpoch|samplesPerSecond)\": [^,\\n]*")]
    private static partial Regex Times();
}
