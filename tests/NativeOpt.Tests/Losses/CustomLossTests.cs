using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Losses;

/// <summary>Losses of the user's own.</summary>
public sealed class CustomLossTests
{
    private static readonly float[,] X = TestModels.Waves(20, 3);
    private static readonly float[,] Y = TestModels.Waves(20, 2, phase: 1);

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Training_WithOneThatIsBuiltIn_GivesTheSameModel(string backend)
    {
        using Sequential own = Model(new OwnSquaredError(), backend);
        using Sequential builtIn = Model("mse", backend);
        float[] weights = [.. Enumerable.Range(0, 20).Select(row => row % 3)];

        History actual = own.Fit(X, Y, epochs: 3, batchSize: 8, sampleWeight: weights, validationData: (X, Y));
        History expected = builtIn.Fit(X, Y, epochs: 3, batchSize: 8, sampleWeight: weights, validationData: (X, Y));

        Assert.Equal(expected["loss"][2], actual["loss"][2], 1e-6);
        Assert.Equal(expected["val_loss"][2], actual["val_loss"][2], 1e-6);
        Assert.Equal(expected["mse"][2], actual["mse"][2], 1e-6);
        Assert.All(TestModels.Parameters(builtIn).Zip(TestModels.Parameters(own)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Training_InDouble_GivesTheSameModel()
    {
        using var own = new Sequential(Interop.NoptDtype.F64, seed: 3) { new Dense(2, inputShape: 3) };
        using var builtIn = new Sequential(Interop.NoptDtype.F64, seed: 3) { new Dense(2, inputShape: 3) };
        own.Compile("sgd", new OwnSquaredError(), backend: BackendKind.Managed);
        builtIn.Compile("sgd", "mse", backend: BackendKind.Managed);

        own.Fit(X, Y, epochs: 2);
        builtIn.Fit(X, Y, epochs: 2);

        Assert.All(TestModels.Parameters(builtIn).Zip(TestModels.Parameters(own)), pair => Assert.Equal(pair.First, pair.Second, 1e-7));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Training_WithOneOfLabels_GetsClassNumbers(string backend)
    {
        using Sequential model = Model(new OwnMargin(), backend);
        int[] labels = [.. Enumerable.Range(0, 20).Select(row => X[row, 1] > 0 ? 1 : 0)];

        double before = model.Evaluate(X, labels).Loss;
        model.Fit(X, labels, epochs: 30, batchSize: 5);

        Assert.True(model.Evaluate(X, labels).Loss < before - 0.05);
    }

    [Fact]
    public void GradientError_TellsARightGradientFromAWrongOne()
    {
        float[] prediction = [0.5f, -1.25f, 2];
        float[] target = [1, 0, -0.5f];

        Assert.InRange(new OwnSquaredError().GradientError(prediction, target), 0, 1e-3);
        Assert.InRange(new OwnSquaredError { Sign = -1 }.GradientError(prediction, target), 0.5, 10);
    }

    [Fact]
    public void Name_Registered_GivesTheLoss()
    {
        Loss.Register("test_own_squared_error", () => new OwnSquaredError());
        using var model = new Sequential(seed: 3) { new Dense(2, inputShape: 3) };

        model.Compile("sgd", "test_own_squared_error", backend: BackendKind.Managed);

        Assert.IsType<OwnSquaredError>(model.Loss);
        Assert.True(model.TrainOnBatch(X, Y) > 0);
    }

    [Fact]
    public void Metric_OfOne_IsItsMean()
    {
        var own = new LossMetric(new OwnSquaredError());
        var builtIn = new LossMetric("mse");

        own.Update(X, TestModels.Waves(20, 3, phase: 2));
        builtIn.Update(X, TestModels.Waves(20, 3, phase: 2));

        Assert.Equal(builtIn.Result, own.Result, 1e-6);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void TrainingStep_AfterTheFirst_AllocatesNothing(string backend)
    {
        using Sequential model = Model(new OwnSquaredError(), backend);

        AllocationMarks.AssertZeros(9, () =>
        {
            var marks = new AllocationMarks(20);
            var recorder = new ActionCallback { BatchBegin = (_, _) => marks.Mark(), BatchEnd = (_, _, _) => marks.Mark() };
            model.Fit(X, Y, epochs: 2, batchSize: 4, callbacks: [recorder]);
            return marks.Differences().Where((_, index) => index % 2 == 0).Skip(1);
        });
    }

    [Fact]
    public void Exception_InIt_ReachesTheCaller()
    {
        using Sequential model = Model(new Throwing(), "managed");

        Assert.Throws<NotSupportedException>(() => model.Fit(X, Y));
        Assert.Throws<NotSupportedException>(() => model.TrainOnBatch(X, Y));
    }

    private static Sequential Model(Loss loss, string backend)
    {
        var model = new Sequential(seed: 3) { new Dense(4, "tanh", inputShape: 3), new Dense(2) };
        string[] metrics = loss is CustomLoss { UsesLabels: true } ? [] : ["mse"];
        model.Compile(new Sgd { LearningRate = 0.05 }, loss, metrics, TestBackends.Open(backend));
        return model;
    }

    private sealed record OwnSquaredError : CustomLoss
    {
        public int Sign { get; init; } = 1;

        public override string Name => "own_squared_error";

        public override double Compute(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
        {
            double sum = 0;
            for (int i = 0; i < prediction.Length; i++)
            {
                double d = (double)prediction[i] - target[i];
                sum += d * d;
                if (!gradient.IsEmpty)
                    gradient[i] = (float)(Sign * 2 * d / prediction.Length);
            }
            return sum / prediction.Length;
        }
    }

    private sealed record OwnMargin : CustomLoss
    {
        public override string Name => "own_margin";

        public override bool UsesLabels => true;

        public override double Compute(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient)
        {
            int right = (int)target[0];
            double margin = 1 - (prediction[right] - prediction[1 - right]);
            gradient.Clear();
            if (margin > 0 && !gradient.IsEmpty)
                (gradient[right], gradient[1 - right]) = (-1, 1);
            return Math.Max(margin, 0);
        }
    }

    private sealed record Throwing : CustomLoss
    {
        public override string Name => "throwing";

        public override double Compute(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient) =>
            throw new NotSupportedException();
    }
}
