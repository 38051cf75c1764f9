using Xunit;

namespace NativeOpt.Tests.Training;

public class CallbackTests
{
    private static readonly InMemoryDataset Data = DigitsData.Rows(0, 64);

    [Fact]
    public void Callbacks_AreCalledInTheOrderOfATraining()
    {
        using Sequential model = TestModels.Digits();
        var calls = new List<string>();
        var recorder = new ActionCallback
        {
            TrainBegin = _ => calls.Add("train{"),
            EpochBegin = (_, epoch) => calls.Add($"epoch{epoch}{{"),
            BatchBegin = (_, batch) => calls.Add($"{batch}("),
            BatchEnd = (_, batch, _) => calls.Add($"){batch}"),
            EpochEnd = (_, epoch, _) => calls.Add($"}}epoch{epoch}"),
            TrainEnd = (_, _) => calls.Add("}train"),
        };

        model.Fit(Data, epochs: 2, batchSize: 32, callbacks: [recorder]);

        Assert.Equal("train{ epoch0{ 0( )0 1( )1 }epoch0 epoch1{ 0( )0 1( )1 }epoch1 }train", string.Join(' ', calls));
    }

    [Fact]
    public void EpochEnd_HasTheNumbersOfTheHistory()
    {
        using Sequential model = TestModels.Digits();
        var seen = new List<double>();

        History history = model.Fit(Data, epochs: 2, validationSplit: 0.25,
            callbacks: [new ActionCallback { EpochEnd = (_, _, logs) => seen.AddRange([logs["loss"], logs["val_accuracy"]]) }]);

        Assert.Equal([history["loss"][0], history["val_accuracy"][0], history["loss"][1], history["val_accuracy"][1]], seen);
    }

    [Fact]
    public void StopTraining_EndsAfterTheEpoch()
    {
        using Sequential model = TestModels.Digits();

        History history = model.Fit(Data, epochs: 10,
            callbacks: [new ActionCallback { EpochEnd = (m, epoch, _) => m.StopTraining = epoch == 2 }]);
        History next = model.Fit(Data, epochs: 1);

        Assert.Equal(3, history.Epochs.Count);
        Assert.Single(next.Epochs);
    }

    // Evaluating and predicting need other and larger batches, which must not disturb the training around them.
    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void UsingTheModelInACallback_LeavesTheTrainingAsItIs(string backend)
    {
        using Sequential plain = TestModels.Digits(TestBackends.Open(backend));
        using Sequential used = TestModels.Digits(TestBackends.Open(backend));
        var user = new ActionCallback
        {
            BatchEnd = (model, _, _) =>
            {
                model.Evaluate(Data, batchSize: 64);
                model.Predict(Data.X, batchSize: 50);
                model.SetWeights(model.GetWeights());
            },
        };

        History expected = plain.Fit(Data, epochs: 2, batchSize: 16, validationSplit: 0.25);
        History actual = used.Fit(Data, epochs: 2, batchSize: 16, validationSplit: 0.25, callbacks: [user]);

        Assert.Equal(TestModels.Parameters(plain), TestModels.Parameters(used));
        Assert.Equal(expected["loss"], actual["loss"]);
        Assert.Equal(expected["val_loss"], actual["val_loss"]);
    }

    [Fact]
    public void LearningRate_ChangedInACallback_IsUsedByTheNextStep()
    {
        using Sequential model = TestModels.Digits(new Sgd());
        double[]? afterFirst = null;

        model.Fit(Data, epochs: 1, batchSize: 16, callbacks:
        [
            new ActionCallback
            {
                BatchEnd = (m, batch, _) =>
                {
                    m.Optimizer!.LearningRate = 0;
                    if (batch == 0)
                        afterFirst = TestModels.Parameters(m);
                },
            },
        ]);

        Assert.Equal(afterFirst, TestModels.Parameters(model));
    }

    [Fact]
    public void FitAndCompile_InACallback_AreRefused()
    {
        using Sequential model = TestModels.Digits();

        Assert.Throws<InvalidOperationException>(() =>
            model.Fit(Data, callbacks: [new ActionCallback { BatchEnd = (m, _, _) => m.Fit(Data) }]));
        Assert.Throws<InvalidOperationException>(() =>
            model.Fit(Data, callbacks: [new ActionCallback { BatchEnd = (m, _, _) => m.Compile("sgd", "mse") }]));
        Assert.Single(model.Fit(Data).Epochs);
    }

    [Fact]
    public void Progress_ReportsEveryBatchAndTheFinishedEpoch()
    {
        using Sequential model = TestModels.Digits();
        var reports = new List<TrainingProgress>();

        History history = model.Fit(Data, epochs: 2, batchSize: 32, progress: new Collector(reports));

        Assert.Equal(
            [(1, 1), (1, 2), (1, 2), (2, 1), (2, 2), (2, 2)], reports.Select(report => (report.Epoch, report.Batch)));
        Assert.All(reports, report => Assert.Equal((2, 2), (report.EpochCount, report.BatchCount)));
        Assert.Equal(history.Epochs, reports.Where(report => report.FinishedEpoch is not null).Select(report => report.FinishedEpoch));
        Assert.Equal(history["loss"][0], reports[1].Loss);
        Assert.Equal(history["accuracy"][1], reports[^1].Accuracy);
    }

    private sealed class Collector(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }
}
