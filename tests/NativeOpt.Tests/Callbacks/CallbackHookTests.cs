using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Callbacks;

/// <summary>Which hook is called when, and what the logs have in it: as in Keras.</summary>
public sealed class CallbackHookTests
{
    private static readonly InMemoryDataset Data = DigitsData.Rows(0, 64);

    [Fact]
    public void Fit_CallsTheHooksOfTrainingAndValidationInTheirOrder()
    {
        using Sequential model = TestModels.Digits();
        var recorder = new Recorder();

        model.Fit(Data, epochs: 2, batchSize: 32, validationData: Data, validationFrequency: 2, callbacks: [recorder]);

        Assert.Equal(
            "train{ epoch0{ 0{ }0 1{ }1 }epoch0 epoch1{ 0{ }0 1{ }1 test{ t0{ }t0 t1{ }t1 }test }epoch1 }train",
            string.Join(' ', recorder.Calls));
    }

    [Fact]
    public void EvaluateAndPredict_CallTheirOwnCallbacks()
    {
        using Sequential model = TestModels.Digits();
        Recorder evaluated = new(), predicted = new();

        model.Evaluate(Data, batchSize: 32, callbacks: [evaluated]);
        model.Predict(Data.X, batchSize: 40, callbacks: [predicted]);

        Assert.Equal("test{ t0{ }t0 t1{ }t1 }test", string.Join(' ', evaluated.Calls));
        Assert.Equal("predict{ p0{ }p0 p1{ }p1 }predict", string.Join(' ', predicted.Calls));
    }

    [Fact]
    public void SeveralCallbacks_AreCalledInTheOrderOfTheList()
    {
        using Sequential model = TestModels.Digits();
        var calls = new List<string>();
        Callback[] both = [new Recorder("a", calls), new Recorder("b", calls)];

        model.Fit(Data, batchSize: 64, callbacks: both);

        Assert.Equal("atrain{ btrain{ aepoch0{ bepoch0{ a0{ b0{ a}0 b}0 a}epoch0 b}epoch0 a}train b}train", string.Join(' ', calls));
    }

    [Fact]
    public void LogsOfATest_HaveNoPrefix_ThoseOfTheEpochHave()
    {
        using Sequential model = TestModels.Digits();
        var recorder = new Recorder();

        History history = model.Fit(Data, validationData: Data, callbacks: [recorder]);

        Assert.Equal(["loss", "accuracy"], recorder.TestLogs!.Keys);
        Assert.Equal(history["val_loss"][0], recorder.TestLogs["loss"]);
    }

    [Fact]
    public void StopTraining_AfterABatch_EndsTheEpochThere()
    {
        using Sequential model = TestModels.Digits();
        var recorder = new Recorder();
        var stopper = new ActionCallback { BatchEnd = (m, batch, _) => m.StopTraining = batch == 1 };

        History history = model.Fit(Data, epochs: 5, batchSize: 8, validationSplit: 0.25, callbacks: [stopper, recorder]);

        Assert.Equal((1, 2L), (history.Epochs.Count, model.Optimizer!.StepCount));
        Assert.Contains("test{", recorder.Calls);
        Assert.Equal(["}epoch0", "}train"], recorder.Calls.TakeLast(2));
    }

    [Fact]
    public void WhatACallbackAddsToTheLogs_IsInTheHistory()
    {
        using Sequential model = TestModels.Digits();
        double? seen = null;

        History history = model.Fit(Data, epochs: 3, callbacks:
        [
            new ActionCallback { EpochEnd = (_, epoch, logs) => (logs["twice"], logs["loss"]) = (2 * epoch, 7) },
            new ActionCallback { EpochEnd = (_, _, logs) => seen = logs["twice"] },
        ]);

        Assert.Equal(["loss", "accuracy", "twice"], history.Keys);
        Assert.Equal([0, 2, 4], history["twice"]);
        Assert.Equal([7, 7, 7], history["loss"]);
        Assert.Equal(4, seen);
        Assert.Throws<ArgumentException>(() => history.Epochs[0].Logs[" "] = 1);
    }

    [Fact]
    public void LearningRate_IsLoggedAsTheEpochWasTrainedWithIt()
    {
        using Sequential scheduled = TestModels.Digits(new Sgd());
        using Sequential reduced = TestModels.Digits(new Sgd { LearningRate = 0.1 });

        History first = scheduled.Fit(Data, epochs: 3, callbacks: [new LearningRateScheduler(epoch => 0.1 / (1 + epoch))]);
        History second = reduced.Fit(Data, epochs: 4, callbacks:
            [new ReduceLROnPlateau { Monitor = "loss", MinDelta = 1e6, Patience = 2, Factor = 0.5 }]);

        Assert.Equal([0.1, 0.05, 0.1 / 3], first["learning_rate"]);
        Assert.Equal([0.1, 0.1, 0.1, 0.05], second["learning_rate"]);
    }

    // The work of the hooks themselves; what the model does at the end of an epoch is not part of it.
    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Steps_WithCallbacksThatDoNothing_AllocateNothing(string backend)
    {
        const int batches = 8;
        using Sequential model = TestModels.Digits(TestBackends.Open(backend));

        AllocationMarks.AssertZeros(batches - 2, () =>
        {
            var marks = new AllocationMarks(batches);
            var marker = new ActionCallback { BatchEnd = (_, _, _) => marks.Mark() };
            model.Fit(Data, batchSize: 8, callbacks: [new Nothing(), marker, new Nothing()]);
            return marks.Differences().Skip(1);
        });
    }

    private sealed class Nothing : Callback;

    private sealed class Recorder(string name = "", List<string>? calls = null) : Callback
    {
        public List<string> Calls { get; } = calls ?? [];

        public TrainingLogs? TestLogs { get; private set; }

        public override void OnTrainBegin() => Add("train{");

        public override void OnTrainEnd(TrainingLogs logs) => Add("}train");

        public override void OnEpochBegin(int epoch) => Add($"epoch{epoch}{{");

        public override void OnEpochEnd(int epoch, TrainingLogs logs) => Add($"}}epoch{epoch}");

        public override void OnBatchBegin(int batch) => Add($"{batch}{{");

        public override void OnBatchEnd(int batch, TrainingLogs logs) => Add($"}}{batch}");

        public override void OnTestBegin() => Add("test{");

        public override void OnTestEnd(TrainingLogs logs)
        {
            Add("}test");
            TestLogs = logs;
        }

        public override void OnTestBatchBegin(int batch) => Add($"t{batch}{{");

        public override void OnTestBatchEnd(int batch, TrainingLogs logs) => Add($"}}t{batch}");

        public override void OnPredictBegin() => Add("predict{");

        public override void OnPredictEnd() => Add("}predict");

        public override void OnPredictBatchBegin(int batch) => Add($"p{batch}{{");

        public override void OnPredictBatchEnd(int batch) => Add($"}}p{batch}");

        private void Add(string call) => Calls.Add(name + call);
    }
}
