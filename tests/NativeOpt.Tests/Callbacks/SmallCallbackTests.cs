using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Callbacks;

/// <summary><see cref="LambdaCallback"/> and <see cref="TerminateOnNaN"/>.</summary>
public sealed class SmallCallbackTests
{
    private static readonly InMemoryDataset Data = DigitsData.Rows(0, 32);

    [Fact]
    public void LambdaCallback_CallsEachFunction()
    {
        using Sequential model = TestModels.Digits();
        var calls = new List<string>();

        History history = model.Fit(Data, batchSize: 16, callbacks:
        [
            new LambdaCallback(
                onTrainBegin: () => calls.Add("train"), onTrainEnd: logs => calls.Add($"end {logs["loss"]}"),
                onEpochBegin: epoch => calls.Add($"epoch {epoch}"), onEpochEnd: (epoch, logs) => calls.Add($"{epoch} {logs["loss"]}"),
                onBatchBegin: batch => calls.Add($"batch {batch}"), onBatchEnd: (batch, _) => calls.Add($"{batch}")),
            new LambdaCallback(),
        ]);

        double loss = history["loss"][0];
        Assert.Equal(["train", "epoch 0", "batch 0", "0", "batch 1", "1", $"0 {loss}", $"end {loss}"], calls);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void TerminateOnNaN_EndsAfterTheStepWithTheLoss(float bad)
    {
        using Sequential model = TestModels.Digits();
        (float[,] x, int[] y) = WithBadRow(20, bad);
        var terminate = new TerminateOnNaN();

        History history = model.Fit(x, y, epochs: 3, batchSize: 8, shuffle: false, callbacks: [terminate]);

        Assert.Equal((1, 3L), (history.Epochs.Count, model.Optimizer!.StepCount));
        Assert.Equal((0, 2), terminate.Stopped);
    }

    [Fact]
    public void TerminateOnNaN_FailsWhereAsked()
    {
        using Sequential model = TestModels.Digits();
        (float[,] x, int[] y) = WithBadRow(20, float.NaN);

        var failure = Assert.Throws<ArithmeticException>(
            () => model.Fit(x, y, epochs: 3, batchSize: 8, shuffle: false, callbacks: [new TerminateOnNaN(raiseError: true)]));

        Assert.Equal("the loss is NaN after batch 2 of epoch 0, both counted from 0", failure.Message);
        Assert.Equal(8, model.Predict(TestModels.Waves(8, 64)).GetLength(0));
    }

    [Fact]
    public void TerminateOnNaN_LeavesAHealthyFitAlone()
    {
        using Sequential model = TestModels.Digits();
        var terminate = new TerminateOnNaN(raiseError: true);

        Assert.Equal(3, model.Fit(Data, epochs: 3, callbacks: [terminate]).Epochs.Count);
        Assert.Null(terminate.Stopped);
    }

    private static (float[,] X, int[] Y) WithBadRow(int row, float bad)
    {
        float[,] x = TestModels.Waves(32, 64);
        x[row, 3] = bad;
        return (x, new int[32]);
    }
}
