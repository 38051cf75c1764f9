using System.Globalization;
using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Callbacks;

public sealed class ModelCheckpointTests : IDisposable
{
    private static readonly InMemoryDataset Data = DigitsData.Rows(0, 64);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryEpoch_IsAFileNamedByItsNumbers()
    {
        using Sequential model = TestModels.Digits();
        var checkpoint = new ModelCheckpoint(_folder["m-{epoch:00}-{val_loss:0.000}.safetensors"]);

        History history = model.Fit(Data, epochs: 3, validationData: Data, callbacks: [checkpoint]);

        IEnumerable<string> expected = history["val_loss"].Select((loss, epoch) =>
            string.Create(CultureInfo.InvariantCulture, $"m-{epoch + 1:00}-{loss:0.000}.safetensors"));
        Assert.Equal(expected, _folder.Entries());
        Assert.Equal(expected.Last(), Path.GetFileName(checkpoint.LastPath));
    }

    [Fact]
    public void AWholeModel_CanBeLoadedAndTrainedOn()
    {
        using Sequential model = TestModels.Digits();
        model.Fit(Data, epochs: 2, callbacks: [new ModelCheckpoint(_folder["m.safetensors"])]);

        using Sequential loaded = Sequential.Load(_folder["m.safetensors"], BackendKind.Managed);
        model.Fit(Data, epochs: 2);
        loaded.Fit(Data, epochs: 2);

        Assert.Equal(TestModels.Parameters(model), TestModels.Parameters(loaded));
    }

    [Fact]
    public void SaveBestOnly_KeepsTheBestEpoch()
    {
        using Sequential model = TestModels.Digits(new Sgd { LearningRate = 0 });
        double[] losses = [3, 2, 2.5, 1, 4];
        double[] best = [];
        int epoch = 0;
        var script = new ActionCallback
        {
            EpochBegin = (m, now) => (_, epoch) = (Shift(m), now),
            EpochEnd = (m, now, logs) =>
            {
                logs["val_loss"] = losses[now];
                best = now == 3 ? TestModels.Parameters(m) : best;
            },
        };
        var checkpoint = new ModelCheckpoint(_folder["best-{epoch}.npz"]) { SaveBestOnly = true, SaveWeightsOnly = true };

        model.Fit(Data, epochs: 5, callbacks: [script, checkpoint]);
        model.LoadWeights(_folder["best-4.npz"]);

        Assert.Equal(["best-1.npz", "best-2.npz", "best-4.npz"], _folder.Entries());
        Assert.Equal(1, checkpoint.Best);
        Assert.Equal(best, TestModels.Parameters(model));
    }

    [Theory]
    [InlineData(MonitorMode.Auto, "score", 2.2, new[] { 2, 4 })]
    [InlineData(MonitorMode.Max, "score", null, new[] { 1, 5 })]
    [InlineData(MonitorMode.Max, "score", 3.5, new[] { 5 })]
    [InlineData(MonitorMode.Auto, "my_accuracy", null, new[] { 1, 5 })]
    public void SaveBestOnly_FollowsModeAndThreshold(MonitorMode mode, string monitor, double? threshold, int[] saved)
    {
        using Sequential model = TestModels.Digits();
        double[] values = [3, 2, 2.5, 1, 4];
        var script = new ActionCallback { EpochEnd = (_, epoch, logs) => logs[monitor] = values[epoch] };
        var checkpoint = new ModelCheckpoint(_folder["{epoch}.npz"])
        {
            Monitor = monitor, Mode = mode, SaveBestOnly = true, SaveWeightsOnly = true, InitialValueThreshold = threshold,
        };

        model.Fit(Data, epochs: 5, callbacks: [script, checkpoint]);

        Assert.Equal(saved.Select(epoch => $"{epoch}.npz"), _folder.Entries());
    }

    [Fact]
    public void SaveFrequency_CountsStepsOverTheEpochs()
    {
        using Sequential model = TestModels.Digits();
        var checkpoint = new ModelCheckpoint(_folder["e{epoch}-b{batch:02d}.npz"]) { SaveFrequency = 3, SaveWeightsOnly = true };

        model.Fit(Data, epochs: 2, batchSize: 16, callbacks: [checkpoint]);

        Assert.Equal(["e1-b03.npz", "e2-b02.npz"], _folder.Entries());
    }

    [Fact]
    public void EpochsWithoutValidation_AreNotCompared()
    {
        using Sequential model = TestModels.Digits();
        var checkpoint = new ModelCheckpoint(_folder["{epoch}.npz"]) { SaveBestOnly = true, SaveWeightsOnly = true };

        model.Fit(Data, epochs: 3, validationData: Data, validationFrequency: 2, callbacks: [checkpoint]);

        Assert.Equal(["2.npz"], _folder.Entries());
    }

    [Fact]
    public void AFolderThatIsNotThere_IsMade()
    {
        using Sequential model = TestModels.Digits();
        model.Fit(Data, callbacks: [new ModelCheckpoint(_folder["a/b/{epoch}.npz"]) { SaveWeightsOnly = true }]);
        Assert.True(File.Exists(_folder["a/b/1.npz"]));
    }

    [Theory]
    [InlineData("{epoch:02d}-{loss:.2f}", "07-0.13")]
    [InlineData("{epoch:d}{epoch:000}", "7007")]
    [InlineData("{loss}", "0.126")]
    [InlineData("{loss:E1}", "1.3E-001")]
    [InlineData("plain", "plain")]
    public void Places_TakeFormatsOfDotNetAndPython(string template, string expected)
    {
        var numbers = new Dictionary<string, double> { ["epoch"] = 7, ["loss"] = 0.126 };
        Assert.Equal(expected, new NativeOpt.Files.PathTemplate(template, "path").Fill(numbers));
    }

    [Theory]
    [InlineData("{epoch")]
    [InlineData("epoch}")]
    [InlineData("{}")]
    [InlineData("{1}")]
    [InlineData(" ")]
    public void APathThatIsNotComplete_IsRefused(string path) =>
        Assert.Equal("path", Assert.Throws<ArgumentException>(() => new ModelCheckpoint(path)).ParamName);

    [Fact]
    public void APlaceForNothing_IsNamed()
    {
        using Sequential model = TestModels.Digits();

        var failure = Assert.Throws<InvalidOperationException>(
            () => model.Fit(Data, callbacks: [new ModelCheckpoint(_folder["{val_los}.npz"]) { SaveWeightsOnly = true }]));

        Assert.Contains("unknown number 'val_los'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatCannotBeSaved_IsRefusedBeforeTheFirstStep()
    {
        using Sequential model = TestModels.Digits();
        using var nameless = new Sequential(seed: 1) { new Dense(1, inputShape: 1) };
        // A function has no text that would bring it back.
        nameless.Compile(new Sgd { LearningRate = new LambdaSchedule(_ => 0.1) }, "mse", backend: BackendKind.Managed);

        Assert.Throws<ArgumentException>(
            () => model.Fit(Data, callbacks: [new ModelCheckpoint(_folder["weights.h5"]) { SaveWeightsOnly = true }]));
        Assert.Throws<NotSupportedException>(() => nameless.Fit(
            new float[2, 1], new float[2], callbacks: [new ModelCheckpoint(_folder["m.safetensors"])]));

        Assert.Equal((0, 0), (model.Optimizer!.StepCount, nameless.Optimizer!.StepCount));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ModelCheckpoint("m") { SaveFrequency = 0 });
    }

    // Another set of weights for each epoch.
    private static int Shift(Model model)
    {
        float[,] bias = model.GetWeights("dense/bias");
        bias[0, 0] += 1;
        model.SetWeights("dense/bias", bias);
        return 0;
    }
}
