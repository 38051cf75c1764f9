using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Losses;

/// <summary>
/// How rows become one loss, seen from a model that gives back what it gets: value, gradient, weights of rows and classes.
/// </summary>
public sealed class ReductionTests
{
    private static readonly float[,] X = { { 1, 2 }, { 3, -1 }, { 0.5f, 0.25f }, { -2, 1 } };
    private static readonly float[,] Y = { { 0, 0 }, { 1, 1 }, { 0, 1 }, { 1, 0 } };
    private static readonly int[] Labels = [0, 1, 1, 0];
    private static readonly float[] Weights = [1, 0.5f, 2, 0];

    // Squared errors of the rows: 2.5, 4, 0.40625, 5.
    private static readonly double[] Rows = [2.5, 4, 0.40625, 5];
    private const double Weighted = 2.5 + 2 + 0.8125;

    public static TheoryData<string, Reduction, bool, double> Reductions
    {
        get
        {
            var data = new TheoryData<string, Reduction, bool, double>();
            foreach (string backend in TestBackends.Names)
            {
                data.Add(backend, Reduction.SumOverBatchSize, false, Rows.Sum() / 4);
                data.Add(backend, Reduction.SumOverBatchSize, true, Weighted / 4);
                data.Add(backend, Reduction.Sum, false, Rows.Sum());
                data.Add(backend, Reduction.Sum, true, Weighted);
                data.Add(backend, Reduction.MeanWithSampleWeight, false, Rows.Sum() / 4);
                data.Add(backend, Reduction.MeanWithSampleWeight, true, Weighted / 3.5);
                data.Add(backend, Reduction.SumOverElements, false, 2 * Rows.Sum());
                data.Add(backend, Reduction.SumOverElements, true, 2 * Weighted);
                data.Add(backend, Reduction.MeanOverElements, true, Weighted / 4);
            }
            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Reductions))]
    public void Loss_AndItsGradient_FollowTheReduction(string backend, Reduction reduction, bool weighted, double expected)
    {
        using Sequential model = Identity(new MeanSquaredError { Reduction = reduction }, backend);
        float[]? weights = weighted ? Weights : null;

        model.ZeroGradients();
        model.Forward(X);
        double loss = model.Backward(Y, weights);

        Assert.Equal(expected, loss, 1e-5 * expected);
        // The bias moves all rows alike: its gradient is the sum over the rows.
        double scale = expected / (weighted ? Weighted : Rows.Sum());
        double slope = Enumerable.Range(0, 4).Sum(row => (weighted ? Weights[row] : 1) * (X[row, 0] - Y[row, 0])) * scale;
        Assert.Equal(slope, TestModels.Gradient(model, "dense/bias")[0], 1e-5);
        Assert.Equal(loss, model.TrainOnBatch(X, Y, weights), 1e-6 * expected);
        Assert.Equal(loss, model.Evaluate(X, Y, sampleWeight: weights).Loss, 1e-6 * expected);
    }

    [Fact]
    public void MeanOverElements_OfASumOverColumns_DividesByTheColumns()
    {
        float[,] p = { { 0.25f, 0.75f }, { 0.5f, 0.5f } };
        float[,] q = { { 0.5f, 0.5f }, { 0.5f, 0.5f } };
        using Sequential byRow = Identity(new KLDivergence(), "managed");
        using Sequential byElement = Identity(new KLDivergence { Reduction = Reduction.MeanOverElements }, "managed");

        Assert.Equal(byRow.Evaluate(p, q).Loss / 2, byElement.Evaluate(p, q).Loss, 1e-7);
    }

    [SkippableTheory]
    [InlineData(Reduction.SumOverBatchSize, 3.5 / 4)]
    [InlineData(Reduction.Sum, 3.5)]
    [InlineData(Reduction.MeanWithSampleWeight, 1)]
    public void Loss_OfAWholeBatch_IsMultipliedByItsWeights(Reduction reduction, double factor)
    {
        foreach (string backend in TestBackends.Names)
        {
            using Sequential model = Identity(new Dice { Reduction = reduction }, backend);

            double plain = model.Evaluate(Y, Y).Loss;
            double loss = model.Evaluate(X, Y).Loss;

            Assert.Equal(0, plain, 1e-6);
            Assert.Equal(1 - 2 * (3 - 1 + 0.25 - 2) / (4 + 4.75 + 1e-7), loss, 1e-6);
            Assert.Equal(factor * loss, model.Evaluate(X, Y, sampleWeight: Weights).Loss, 1e-6);
            Assert.Equal(factor * loss, model.TrainOnBatch(X, Y, Weights), 1e-6);
        }
    }

    [Fact]
    public void EpochLoss_OfASum_IsTheMeanOfBatchesByTheirRows()
    {
        using Sequential model = Identity(new MeanSquaredError { Reduction = Reduction.Sum }, "managed");

        double loss = model.Evaluate(X, Y, batchSize: 3).Loss;

        Assert.Equal(((Rows[0] + Rows[1] + Rows[2]) * 3 + Rows[3]) / 4, loss, 1e-5);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void ClassWeight_IsTheSampleWeightOfTheClass(string backend)
    {
        using Sequential byClass = Identity(TestModels.SparseLoss, backend);
        using Sequential byRow = Identity(TestModels.SparseLoss, backend);
        using Sequential oneHot = Identity("categorical_crossentropy", backend);
        var classWeight = new Dictionary<int, double> { [1] = 3 };
        float[] weights = [1, 3, 3, 1];
        float[,] rows = { { 1, 0 }, { 0, 1 }, { 0, 1 }, { 1, 0 } };

        double loss = byRow.Fit(X, Labels, epochs: 2, batchSize: 3, sampleWeight: weights)["loss"][1];

        Assert.Equal(loss, byClass.Fit(X, Labels, epochs: 2, batchSize: 3, classWeight: classWeight)["loss"][1]);
        Assert.Equal(loss, oneHot.Fit(X, rows, epochs: 2, batchSize: 3, classWeight: classWeight)["loss"][1], 1e-6);
        Assert.NotEqual(loss, Identity(TestModels.SparseLoss, backend).Fit(X, Labels, epochs: 2, batchSize: 3)["loss"][1]);
    }

    [Fact]
    public void ClassWeight_IsNotForValidation()
    {
        using Sequential model = Identity(TestModels.SparseLoss, "managed");

        History history = model.Fit(
            X, Labels, batchSize: 4, validationData: (X, Labels), classWeight: new Dictionary<int, double> { [0] = 2, [1] = 2 });

        Assert.Equal(history["loss"][0] / 2, history["val_loss"][0], 1e-6);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void ClassWeights_WithTheirMean_AreThoseOfPyTorch(string backend)
    {
        var loss = new SparseCategoricalCrossentropy
        {
            FromLogits = true,
            ClassWeights = [1, 3],
            Reduction = Reduction.MeanWithSampleWeight,
        };
        using Sequential model = Identity(loss, backend);

        double[] entropies = [.. Labels.Select((label, row) => Math.Log(1 + Math.Exp(X[row, 1 - label] - X[row, label])))];
        double expected = (entropies[0] + 3 * entropies[1] + 3 * entropies[2] + entropies[3]) / 8;

        Assert.Equal(expected, model.Evaluate(X, Labels).Loss, 1e-6);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void IgnoredClass_CountsNeitherInTheSumNorInTheRows(string backend)
    {
        using Sequential ignoring = Identity(new SparseCategoricalCrossentropy { FromLogits = true, IgnoreClass = -1 }, backend);
        using Sequential without = Identity(new SparseCategoricalCrossentropy { FromLogits = true }, backend);
        float[,] first = { { X[0, 0], X[0, 1] }, { X[1, 0], X[1, 1] } };

        Assert.Equal(without.Evaluate(first, new[] { 0, 1 }).Loss, ignoring.Evaluate(X, new[] { 0, 1, -1, -1 }).Loss, 1e-6);
        Assert.Equal(0, ignoring.TrainOnBatch(X, new[] { -1, -1, -1, -1 }));
        Assert.Contains("row 2 has label -2", Assert.Throws<ArgumentException>(
            () => ignoring.Evaluate(X, new[] { 0, 1, -2, -1 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_ThatDoNotFit_AreRefused()
    {
        using Sequential model = Identity(TestModels.SparseLoss, "managed");
        var classWeight = new Dictionary<int, double> { [0] = 2 };

        AssertRefused("sampleWeight has 3 numbers; there are 4 rows", () => model.Fit(X, Labels, sampleWeight: [1, 2, 3]));
        AssertRefused("sampleWeight[1] is NaN; it must be finite", () => model.Evaluate(X, Labels, sampleWeight: [1, float.NaN, 1, 1]));
        AssertRefused("classWeight and sample weights are both given", () =>
            model.Fit(X, Labels, sampleWeight: Weights, classWeight: classWeight));
        AssertRefused("classWeight[-1] is 1", () => model.Fit(X, Labels, classWeight: new Dictionary<int, double> { [-1] = 1 }));
    }

    private static void AssertRefused(string sentence, Action action) =>
        Assert.Contains(sentence, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);

    // The kernel is the identity and the bias 0; a learning rate of 0 keeps it so.
    private static Sequential Identity(Loss loss, string backend)
    {
        var model = new Sequential(seed: 1) { new Dense(2, inputShape: 2) };
        model.Compile(new Sgd { LearningRate = 0 }, loss, [], TestBackends.Open(backend));
        model.SetWeights("dense/kernel", new float[,] { { 1, 0 }, { 0, 1 } });
        return model;
    }
}
