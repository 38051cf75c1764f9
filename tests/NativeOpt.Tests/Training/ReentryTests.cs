using Xunit;

namespace NativeOpt.Tests.Training;

/// <summary>Code of the caller's that calls the model in the middle of one of its steps.</summary>
public class ReentryTests
{
    private const int Rows = 40;
    private const int Columns = 4;

    public static TheoryData<string> Calls => new() { "Predict", "Evaluate", "TrainOnBatch", "Fit", "Compile", "SetWeights" };

    [Theory]
    [MemberData(nameof(Calls))]
    public void AnyCall_FromGather_IsRefusedAndTheModelStaysUsable(string call)
    {
        using Sequential model = CreateModel();
        var data = new CallingDataset(() => Call(model, call));

        var failure = Assert.Throws<InvalidOperationException>(() => model.Fit(data, batchSize: 8));

        Assert.Contains("is loading a batch", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Dataset.Gather", failure.Message, StringComparison.Ordinal);
        Assert.Single(model.Fit(new CallingDataset(() => { }), batchSize: 8).Epochs);
    }

    [Fact]
    public void ARefusalThatGatherCatches_LeavesTheTrainingAsItIs()
    {
        using Sequential plain = CreateModel();
        using Sequential tried = CreateModel();

        plain.Fit(new CallingDataset(() => { }), epochs: 2, batchSize: 8);
        tried.Fit(
            new CallingDataset(() => Assert.Throws<InvalidOperationException>(() => Call(tried, "Predict"))), epochs: 2, batchSize: 8);

        Assert.Equal(TestModels.Parameters(plain), TestModels.Parameters(tried));
    }

    [Fact]
    public void AnotherModel_MayBeCalledFromGather()
    {
        using Sequential model = CreateModel();
        using Sequential other = CreateModel();

        Assert.Single(model.Fit(new CallingDataset(() => Call(other, "Predict")), batchSize: 8).Epochs);
    }

    [Fact]
    public void Predict_FromAScheduleOfTheStep_IsRefused()
    {
        Sequential? called = null;
        using Sequential model = CreateModel(new Sgd
        {
            LearningRate = new LambdaSchedule(_ => called?.Predict(TestModels.Waves(2000, Columns), 2000)[0, 0] ?? 0.01),
        });
        called = model;

        var failure = Assert.Throws<InvalidOperationException>(() => model.Fit(new CallingDataset(() => { }), batchSize: 8));

        Assert.Contains("schedule", failure.Message, StringComparison.Ordinal);
    }

    private static Sequential CreateModel(OptimizerRule? rule = null)
    {
        var model = new Sequential(seed: 3) { new Dense(6, "relu", inputShape: Columns), new Dense(1) };
        model.Compile(rule ?? new Sgd { LearningRate = 0.01 }, "mse", backend: BackendKind.Managed);
        return model;
    }

    // 2000 rows need more memory than a batch of 8.
    private static void Call(Sequential model, string call)
    {
        float[,] x = TestModels.Waves(2000, Columns);
        float[,] y = TestModels.Waves(2000, 1);
        switch (call)
        {
            case "Predict": model.Predict(x, 2000); break;
            case "Evaluate": model.Evaluate(x, y, 2000); break;
            case "TrainOnBatch": model.TrainOnBatch(x, y); break;
            case "Fit": model.Fit(x, y); break;
            case "Compile": model.Compile("adam", "mse"); break;
            case "SetWeights": model.SetWeights("dense/bias", new float[1, 6]); break;
            default: throw new ArgumentOutOfRangeException(nameof(call), call, "unknown");
        }
    }

    /// <summary>Acts before it fills its second batch.</summary>
    private sealed class CallingDataset(Action act) : Dataset
    {
        private int _batches;

        public override int Count => Rows;

        public override int InputColumns => Columns;

        public override int TargetColumns => 1;

        public override void Gather(ReadOnlySpan<int> rows, Batch batch)
        {
            if (++_batches == 2)
                act();
            for (int i = 0; i < batch.Inputs.Length; i++)
                batch.Inputs[i] = rows[i / Columns] * 0.01f + i % Columns;
            batch.Targets.Fill(1);
        }
    }
}
