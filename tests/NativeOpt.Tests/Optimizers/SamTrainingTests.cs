using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>Sam in Fit: what the two passes share, what they leave behind, and what they cost.</summary>
public class SamTrainingTests
{
    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void ManualLoop_GivesTheBitsOfFit(string backend)
    {
        var rule = new Sam(new Adam { LearningRate = 0.01, ClipValue = 0.05, LossScaleFactor = 2 }, rho: 0.5);
        using Sequential fitted = Random(backend, rule), stepped = Random(backend, rule);
        History history = fitted.Fit(DigitsData.Rows(0, 96), epochs: 2, batchSize: 32, shuffle: false);
        var losses = new List<double>();
        for (int batch = 0; batch < 6; batch++)
        {
            InMemoryDataset data = DigitsData.Rows(32 * (batch % 3), 32 * (batch % 3) + 32);
            losses.Add(StepByHand(stepped, data));
        }
        Assert.Equal(TestModels.Parameters(fitted), TestModels.Parameters(stepped));
        Assert.Equal(history["loss"][1], losses.Skip(3).Average(), 1e-12);
        Assert.Equal(6, stepped.Optimizer!.StepCount);
    }

    /// <summary>Without a learning rate nothing may tell the two rules apart: statistics, random numbers, losses and metrics.</summary>
    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Fit_WithoutALearningRate_LeavesAndReportsWhatTheFirstPassesDo(string backend)
    {
        var sgd = new Sgd { LearningRate = 0 };
        using Sequential plain = Random(backend, sgd), sharp = Random(backend, new Sam(sgd, rho: 3));
        History expected = plain.Fit(DigitsData.Rows(0, 96), epochs: 3, batchSize: 40);
        History found = sharp.Fit(DigitsData.Rows(0, 96), epochs: 3, batchSize: 40);

        Assert.Equal(TestModels.Parameters(plain), TestModels.Parameters(sharp));
        foreach (string key in new[] { "loss", "accuracy", "sparse_top_k_categorical_accuracy" })
            Assert.Equal(expected[key], found[key]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SecondPass_HasTheDropoutOfTheFirst(bool byHand)
    {
        // With the same mask and so small a climb both gradients are the same, and the steps those of the inner rule.
        using Sequential plain = Random("managed", new Sgd()), sharp = Random("managed", new Sam(new Sgd(), rho: 1e-30));
        for (int batch = 0; batch < 3; batch++)
        {
            InMemoryDataset data = DigitsData.Rows(32 * batch, 32 * batch + 32);
            plain.TrainOnBatch(data.X, data.Y);
            _ = byHand ? StepByHand(sharp, data) : sharp.TrainOnBatch(data.X, data.Y);
        }
        AssertNear(TestModels.Parameters(plain), TestModels.Parameters(sharp), 1e-6);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void TrainingStep_AfterTheFirst_AllocatesNothing(string backend)
    {
        using Sequential model = Random(backend, new Sam(new Adam { GlobalClipNorm = 1 }, adaptive: true));
        AllocationMarks.AssertStepsAllocateNothing(model);
    }

    [Fact]
    public void FrozenLayers_StayWhereTheyAre_AndTheirPenaltiesOutOfTheClimb()
    {
        double[][] found = [.. new Regularizer?[] { null, "l2(5)" }.Select(penalty =>
        {
            using var model = new Sequential(seed: 3)
            {
                new Dense(4, "tanh", inputShape: 3, kernelRegularizer: penalty) { Trainable = false }, new Dense(2),
            };
            model.Compile(new Sam(new Sgd(), rho: 0.5), "mse", backend: BackendKind.Managed);
            for (int step = 0; step < 3; step++)
                model.TrainOnBatch(TestModels.Waves(7, 3), TestModels.Waves(7, 2, phase: 1));
            Assert.All(TestModels.Gradient(model, "dense/kernel"), gradient => Assert.Equal(0, gradient));
            return TestModels.Parameters(model);
        })];
        Assert.Equal(found[0], found[1]);
    }

    [Fact]
    public void Constraints_HoldAfterTheStep_AndNotWhereItTakesTheGradient()
    {
        // w = 0.5 climbs to -0.5, where (w - 2)^2 has the slope -5.
        using Sequential model = One(new Sam(new Sgd { LearningRate = 0.1 }, rho: 1), kernelConstraint: "non_neg");
        Assert.Equal(2.25, model.TrainOnBatch(new float[,] { { 1 } }, new float[,] { { 2 } }), 1e-6);
        Assert.Equal(1, TestModels.Parameter(model, "dense/kernel")[0], 1e-6);
    }

    [Fact]
    public void Maximize_TakesItsGradientWhereTheLossIsSmaller()
    {
        // w = 0.5 goes down to 1.5, where the slope is -1.
        using Sequential model = One(new Sam(new Sgd { LearningRate = 0.1, Maximize = true }, rho: 1));
        model.TrainOnBatch(new float[,] { { 1 } }, new float[,] { { 2 } });
        Assert.Equal(0.4, TestModels.Parameter(model, "dense/kernel")[0], 1e-6);
    }

    /// <summary>A lookup is a product with rows of which one element is 1; it moves the rows that it touches and no others.</summary>
    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Embedding_TrainsAsTheDenseLayerThatItStandsFor(string backend)
    {
        using var lookups = new Sequential(seed: 3) { new Embedding(5, 3, inputShape: 1), new Dense(2) };
        using var products = new Sequential(seed: 3) { new Dense(3, inputShape: 5, useBias: false), new Dense(2) };
        foreach (Sequential model in new[] { lookups, products })
            model.Compile(new Sam(new Sgd { LearningRate = 0.5 }, rho: 0.5), "mse", null, TestBackends.Open(backend));
        lookups.Build(1);
        products.Build(5);
        string table = lookups.Arena.Ranges[0].Name;
        foreach ((string from, string to) in new[] { (table, "dense/kernel"), ("dense/kernel", "dense_1/kernel") })
            TestModels.SetParameter(products, to, TestModels.Parameter(lookups, from));
        int[][] batches = [[0, 2], [2, 4], [0, 0]];
        foreach (int[] ids in batches)
        {
            lookups.TrainOnBatch(new float[,] { { ids[0] }, { ids[1] } }, TestModels.Waves(2, 2));
            var rows = new float[2, 5];
            (rows[0, ids[0]], rows[1, ids[1]]) = (1, 1);
            products.TrainOnBatch(rows, TestModels.Waves(2, 2));
        }
        AssertNear(TestModels.Parameter(products, "dense/kernel"), TestModels.Parameter(lookups, table), 1e-6);
        AssertNear(TestModels.Parameter(products, "dense_1/kernel"), TestModels.Parameter(lookups, "dense/kernel"), 1e-6);
    }

    [Fact]
    public void PenaltiesInCSharp_AreThoseOfTheKernels()
    {
        double[][] found = [.. new Regularizer[] { new L2(0.25), new OwnL2() }.Select(penalty =>
        {
            using var model = new Sequential(seed: 3) { new Dense(4, "tanh", inputShape: 3, kernelRegularizer: penalty), new Dense(2) };
            model.Compile(new Sam(new Sgd { LearningRate = 0.1, LossScaleFactor = 4 }, rho: 0.5), "mse", backend: BackendKind.Managed);
            for (int step = 0; step < 3; step++)
                model.TrainOnBatch(TestModels.Waves(7, 3), TestModels.Waves(7, 2, phase: 1));
            return TestModels.Parameters(model);
        })];
        AssertNear(found[0], found[1], 1e-6);
    }

    [Fact]
    public void SeveralRules_ClimbTogether()
    {
        var sgd = new Sgd { LearningRate = 0.1 };
        using Sequential one = Random("managed", new Sam(sgd, rho: 0.5));
        using Sequential several = Random("managed", new Sam(new MultiOptimizer(("*/bias", sgd), ("*", sgd)), rho: 0.5));
        foreach (Sequential model in new[] { one, several })
            model.Fit(DigitsData.Rows(0, 64), epochs: 2, batchSize: 32);
        Assert.Equal(TestModels.Parameters(one), TestModels.Parameters(several));
    }

    [Fact]
    public void LearningRateFinder_LeavesTheModelAsItWas()
    {
        using Sequential model = Random("managed", new Sam(new Sgd()));
        double[] before = TestModels.Parameters(model);
        LearningRateCurve curve = new LearningRateFinder { Steps = 10 }.Run(model, DigitsData.Rows(0, 64));
        Assert.Equal(10, curve.Losses.Count);
        Assert.Equal(before, TestModels.Parameters(model));
        model.TrainOnBatch(DigitsData.Rows(0, 32).X, DigitsData.Rows(0, 32).Y);
        Assert.Equal(1, model.Optimizer!.StepCount);
    }

    [Fact]
    public void SecondPassThatFails_LeavesTheWeightsAsTheyWere()
    {
        var penalty = new Failing { CallsBefore = 1 };
        using var model = new Sequential(seed: 3) { new Dense(2, inputShape: 3, kernelRegularizer: penalty) };
        model.Compile(new Sam(new Sgd(), rho: 0.5), "mse", backend: BackendKind.Managed);
        model.Build(3);
        double[] before = TestModels.Parameters(model);
        Assert.Throws<InvalidTimeZoneException>(() => model.TrainOnBatch(TestModels.Waves(7, 3), TestModels.Waves(7, 2)));
        Assert.Equal(before, TestModels.Parameters(model));
        Assert.Equal(0, model.Optimizer!.StepCount);
        penalty.CallsBefore = int.MaxValue;
        model.TrainOnBatch(TestModels.Waves(7, 3), TestModels.Waves(7, 2));
        Assert.NotEqual(before, TestModels.Parameters(model));
    }

    private static double StepByHand(Sequential model, InMemoryDataset data)
    {
        model.ZeroGradients();
        model.Forward(data.X);
        double loss = model.Backward(data.Y);
        model.Optimizer!.Climb(model);
        model.Forward(data.X);
        model.Backward(data.Y);
        model.Optimizer.Step(model);
        return loss;
    }

    /// <summary>With dropout, statistics that move, and a penalty.</summary>
    private static Sequential Random(string backend, OptimizerRule rule)
    {
        var model = new Sequential(seed: 7)
        {
            new Dense(16, "relu", inputShape: 64, kernelRegularizer: "l2(0.01)"), new BatchNormalization(), new Dropout(0.4),
            new Dense(10, "softmax"),
        };
        model.Compile(rule, TestModels.SparseLoss, ["accuracy", "sparse_top_k_categorical_accuracy"], TestBackends.Open(backend));
        return model;
    }

    /// <summary>One weight of 0.5 and nothing else.</summary>
    private static Sequential One(OptimizerRule rule, Constraint? kernelConstraint = null)
    {
        var model = new Sequential(seed: 1)
        {
            new Dense(1, inputShape: 1, useBias: false, kernelInitializer: new Constant(0.5), kernelConstraint: kernelConstraint),
        };
        model.Compile(rule, "mse", backend: BackendKind.Managed);
        return model;
    }

    private static void AssertNear(double[] expected, double[] found, double tolerance)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], tolerance);
    }

    private sealed record OwnL2 : Regularizer
    {
        public override double GetPenalty(ReadOnlySpan<float> values, ReadOnlySpan<int> shape)
        {
            double sum = 0;
            foreach (float value in values)
                sum += 0.25 * value * value;
            return sum;
        }

        public override void AddGradient(ReadOnlySpan<float> values, ReadOnlySpan<int> shape, Span<float> gradients)
        {
            for (int i = 0; i < values.Length; i++)
                gradients[i] += 0.5f * values[i];
        }
    }

    private sealed record Failing : Regularizer
    {
        public int CallsBefore { get; set; }

        public override double GetPenalty(ReadOnlySpan<float> values, ReadOnlySpan<int> shape) => 0;

        public override void AddGradient(ReadOnlySpan<float> values, ReadOnlySpan<int> shape, Span<float> gradients)
        {
            if (CallsBefore-- <= 0)
                throw new InvalidTimeZoneException();
        }
    }
}
