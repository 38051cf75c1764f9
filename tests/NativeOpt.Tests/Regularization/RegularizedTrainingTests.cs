using NativeOpt.Interop;
using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Regularization;

/// <summary>Regularizers in models: the loss that is reported, and the gradient that the optimizer sees.</summary>
public class RegularizedTrainingTests
{
    private const double Step = 1e-5;

    private static readonly float[,] X = TestModels.Waves(6, 4);
    private static readonly float[,] Y = TestModels.Waves(6, 3, phase: 1);

    public static TheoryData<string?, string?, string?> Penalties => new()
    {
        // kernel, bias, activity
        { "l1(0.02)", null, null },
        { "l2(0.03)", null, null },
        { "l1_l2(0.02, 0.03)", "l2(0.5)", null },
        { "orthogonal(0.5)", "l1(0.3)", null },
        { "orthogonal(0.5, mode=columns)", null, "l2(0.7)" },
        { null, null, "l1_l2(0.4, 0.3)" },
        { "l2(0.1)", null, "orthogonal(0.6, mode=columns)" },
    };

    [Theory]
    [MemberData(nameof(Penalties))]
    public void Step_OfGradientDescent_FollowsTheSlopeOfTheReportedLoss(string? kernel, string? bias, string? activity)
    {
        using Sequential model = Build(new Sequential(NoptDtype.F64, seed: 3), kernel, bias, activity, "tanh");
        model.Compile(new Sgd { LearningRate = 1 }, "mse", backend: BackendKind.Managed);
        AssertFollowsSlopes(model, X, Y);
    }

    [Theory]
    [MemberData(nameof(Penalties))]
    public void GradientCheck_SeesThePenaltyInLossAndGradients(string? kernel, string? bias, string? activity)
    {
        using Sequential model = Build(new Sequential(seed: 3), kernel, bias, activity, "tanh");
        model.Compile("sgd", "mse", backend: BackendKind.Managed);
        GradientCheckResult result = GradientCheck.Model(model, X, Y);
        Assert.True(result.LargestError < 1e-6, result.ToString());
    }

    [Fact]
    public void ActivityPenalty_OfALastSoftmax_IsOfItsProbabilities()
    {
        using var model = new Sequential(NoptDtype.F64, seed: 3) { new Dense(3, "softmax", inputShape: 4, activityRegularizer: "l2(2)") };
        model.Compile(new Sgd { LearningRate = 1 }, TestModels.SparseLoss, backend: BackendKind.Managed);
        AssertFollowsSlopes(model, X, new[] { 0, 2, 1, 1, 0, 2 });

        double penalty = 2 * model.Predict(X).Cast<float>().Sum(p => (double)p * p) / 6;
        using var plain = new Sequential(NoptDtype.F64, seed: 3) { new Dense(3, "softmax", inputShape: 4) };
        plain.Compile("sgd", TestModels.SparseLoss, backend: BackendKind.Managed);
        plain.SetWeights(model.GetWeights());
        Targets labels = new[] { 0, 2, 1, 1, 0, 2 };
        Assert.Equal(plain.Evaluate(X, labels).Loss + penalty, model.Evaluate(X, labels).Loss, 1e-6);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void ReportedLoss_OfFitEvaluateAndTrainOnBatch_IncludesThePenalty(string backend)
    {
        using Sequential penalized = Build(new Sequential(seed: 3), "l1_l2(0.02, 0.03)", "l2(0.5)", "l1(0.25)", "relu");
        using Sequential plain = Build(new Sequential(seed: 3), null, null, null, "relu");
        penalized.Compile(new Sgd { LearningRate = 0 }, "mse", ["mse"], TestBackends.Open(backend));
        plain.Compile(new Sgd { LearningRate = 0 }, "mse", ["mse"], TestBackends.Open(backend));
        double[] kernel = TestModels.Parameter(plain, "dense/kernel"), bias = TestModels.Parameter(plain, "dense/bias");
        double weights = kernel.Sum(w => 0.02 * Math.Abs(w) + 0.03 * w * w) + bias.Sum(b => 0.5 * b * b);
        plain.Forward(X);
        double activity = 0.25 * HiddenOutputs(plain).Sum(Math.Abs) / 6;
        double expected = plain.Evaluate(X, Y).Loss + weights + activity;

        Assert.Equal(expected, penalized.Evaluate(X, Y).Loss, 1e-6);
        Assert.Equal(expected, penalized.Evaluate(X, Y, batchSize: 2).Loss, 1e-6);
        Assert.Equal(plain.Evaluate(X, Y).Logs["mse"], penalized.Evaluate(X, Y).Logs["mse"]);
        Assert.Equal(expected, penalized.TrainOnBatch(X, Y), 1e-6);
        History history = penalized.Fit(X, Y, epochs: 1, batchSize: 4, validationData: (X, Y));
        Assert.Equal(expected, history["loss"][0], 1e-6);
        Assert.Equal(expected, history["val_loss"][0], 1e-6);
        penalized.Forward(X);
        Assert.Equal(expected, penalized.Backward(Y), 1e-6);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void L2OfItsOwn_TrainsAsTheBuiltInOne(string backend)
    {
        double[] builtIn = Train(new L2(0.05), new L2(0.25)), own = Train(new OwnL2(0.05), new OwnL2(0.25));
        for (int i = 0; i < builtIn.Length; i++)
            Assert.Equal(builtIn[i], own[i], 2e-6);
        Assert.NotEqual(Train(null, null), builtIn);

        double[] Train(Regularizer? kernel, Regularizer? activity)
        {
            using var model = new Sequential(seed: 3)
            {
                new Dense(5, "tanh", inputShape: 4, kernelRegularizer: kernel, activityRegularizer: activity), new Dense(3),
            };
            model.Compile(new Adam { LearningRate = 0.01 }, "mse", [], TestBackends.Open(backend));
            History history = model.Fit(X, Y, epochs: 3, batchSize: 4, shuffle: false);
            return [.. TestModels.Parameters(model), .. history["loss"]];
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void ReportedPenalty_IsTheSameNumberOnEveryBackend(string backend)
    {
        Assert.Equal(Penalty("managed"), Penalty(backend));

        static double Penalty(string name)
        {
            using var model = new Sequential(seed: 5) { new Dense(67, inputShape: 131, kernelRegularizer: "l1_l2(1000, 2000)") };
            model.Compile(new Sgd(), "mse", [], TestBackends.Open(name));
            // Inputs of 0 give outputs of 0: the loss is the penalty.
            return model.Evaluate(new float[1, 131], new float[1, 67]).Loss;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void TrainingStep_WithPenaltiesAndConstraints_AllocatesNothing(string backend)
    {
        const int steps = 16;
        using var model = new Sequential(seed: 3)
        {
            new Dense(16, "relu", inputShape: 64, kernelRegularizer: "l1_l2", biasRegularizer: new OwnL2(0.1), activityRegularizer: "l1",
                kernelConstraint: "max_norm", biasConstraint: "non_neg"),
            new Dense(10, "softmax", kernelRegularizer: "orthogonal(mode=columns)", activityRegularizer: new OwnL2(0.1)),
        };
        model.Compile(new Adam(), TestModels.SparseLoss, ["accuracy"], TestBackends.Open(backend));
        AllocationMarks.AssertZeros(steps - 1, () =>
        {
            var marks = new AllocationMarks(2 * steps);
            var recorder = new ActionCallback { BatchBegin = (_, _) => marks.Mark(), BatchEnd = (_, _, _) => marks.Mark() };
            model.Fit(DigitsData.Rows(0, 32 * steps / 2), epochs: 2, batchSize: 32, callbacks: [recorder]);
            return marks.Differences().Where((_, index) => index % 2 == 0).Skip(1);
        });
    }

    [Fact]
    public void FrozenLayer_HasNoPenaltyOfItsParameters()
    {
        using Sequential model = Build(new Sequential(seed: 3), "l2(100)", null, null, "tanh");
        model.Layers[0].Trainable = false;
        model.Compile(new Sgd(), "mse", backend: BackendKind.Managed);
        double[] kernel = TestModels.Parameter(model, "dense/kernel");
        Assert.InRange(model.Evaluate(X, Y).Loss, 0, 5);
        model.TrainOnBatch(X, Y);
        Assert.Equal(kernel, TestModels.Parameter(model, "dense/kernel"));
    }

    [Fact]
    public void ClipValue_LimitsTheGradientWithItsPenalty()
    {
        using var model = new Sequential(seed: 3) { new Dense(2, inputShape: 3, useBias: false, kernelRegularizer: "l1(8)") };
        model.Compile(new Sgd { LearningRate = 1, ClipValue = 0.25 }, "mse", backend: BackendKind.Managed);
        double[] before = TestModels.Parameter(model, "dense/kernel");
        model.TrainOnBatch(new float[1, 3], new float[1, 2]);
        double[] after = TestModels.Parameter(model, "dense/kernel");
        Assert.All(before.Zip(after), pair => Assert.Equal(pair.First - 0.25 * Math.Sign(pair.First), pair.Second, 1e-6));
    }

    [Fact]
    public void OrthogonalRegularizer_OnABias_IsRefusedBeforeAnythingIsBuilt()
    {
        using var model = new Sequential { new Dense(2, inputShape: 3, biasRegularizer: "orthogonal") };
        Assert.Contains("an orthogonal regularizer takes a matrix; 'dense/bias' has 1 dimension",
            Assert.Throws<ArgumentException>(() => model.Compile("sgd", "mse")).Message, StringComparison.Ordinal);
        Assert.False(model.IsBuilt);
    }

    private static Sequential Build(Sequential model, string? kernel, string? bias, string? activity, string activation)
    {
        model.Add(new Dense(5, activation, inputShape: 4, biasInitializer: "glorot_uniform",
            kernelRegularizer: kernel is null ? null : Regularizer.Parse(kernel),
            biasRegularizer: bias is null ? null : Regularizer.Parse(bias),
            activityRegularizer: activity is null ? null : Regularizer.Parse(activity)));
        model.Add(new Dense(3, kernelRegularizer: null));
        return model;
    }

    private static IEnumerable<double> HiddenOutputs(Sequential model)
    {
        float[,] kernel = model.GetWeights("dense/kernel"), bias = model.GetWeights("dense/bias");
        for (int row = 0; row < 6; row++)
            for (int unit = 0; unit < 5; unit++)
            {
                double z = bias[0, unit];
                for (int i = 0; i < 4; i++)
                    z += X[row, i] * kernel[i, unit];
                yield return Math.Max(z, 0);
            }
    }

    // Gradient descent with rate 1 moves each weight by the derivative of the loss.
    private static void AssertFollowsSlopes(Sequential model, Features x, Targets y)
    {
        var data = new InMemoryDataset(x, y);
        string[] names = [.. model.ParameterNames];
        double[][] before = [.. names.Select(name => TestModels.Parameter(model, name))];
        var slopes = new List<double[]>();
        foreach ((string name, double[] values) in names.Zip(before))
            slopes.Add([.. values.Select((_, i) =>
                (LossAt(model, data, name, values, i, Step) - LossAt(model, data, name, values, i, -Step)) / (2 * Step))]);
        double loss = model.Evaluate(data).Loss;
        Assert.Equal(loss, model.TrainOnBatch(x, y), 1e-12);
        for (int p = 0; p < names.Length; p++)
        {
            double[] after = TestModels.Parameter(model, names[p]);
            for (int i = 0; i < after.Length; i++)
                Assert.True(Math.Abs(before[p][i] - after[i] - slopes[p][i]) < 1e-7,
                    $"{names[p]}[{i}] moved by {after[i] - before[p][i]:R}, slope {slopes[p][i]:R}");
        }
    }

    private static double LossAt(Sequential model, Dataset data, string name, double[] values, int index, double shift)
    {
        var shifted = (double[])values.Clone();
        shifted[index] += shift;
        TestModels.SetParameter(model, name, shifted);
        double loss = model.Evaluate(data).Loss;
        TestModels.SetParameter(model, name, values);
        return loss;
    }

    /// <summary>L2 as a program would write it.</summary>
    private sealed record OwnL2(double Factor) : Regularizer
    {
        public override double GetPenalty(ReadOnlySpan<float> values, ReadOnlySpan<int> shape)
        {
            double sum = 0;
            foreach (float value in values)
                sum += (double)value * value;
            return Factor * sum;
        }

        public override void AddGradient(ReadOnlySpan<float> values, ReadOnlySpan<int> shape, Span<float> gradients)
        {
            for (int i = 0; i < values.Length; i++)
                gradients[i] += (float)(2 * Factor * values[i]);
        }
    }
}
