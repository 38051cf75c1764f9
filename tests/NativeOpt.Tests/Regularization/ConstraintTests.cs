using FsCheck;
using FsCheck.Fluent;
using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Regularization;

/// <summary>Constraints by themselves, as text, and in training.</summary>
public class ConstraintTests
{
    private static readonly Gen<float> Number = Gen.Choose(-1_000_000, 1_000_000).Select(n => n / 9973f);

    /// <summary>Matrices of up to 20 by 20.</summary>
    private static readonly Gen<(float[] Weights, int[] Shape)> Matrix =
        from rows in Gen.Choose(1, 20)
        from columns in Gen.Choose(1, 20)
        from weights in Number.ArrayOf(rows * columns)
        select (weights, new[] { rows, columns });

    public static TheoryData<string, string> Texts => new()
    {
        { "max_norm", "max_norm(max_value=2, axis=0)" },
        { "MaxNorm(3)", "max_norm(max_value=3, axis=0)" },
        { "max_norm(max_value=0.5, axis=-1)", "max_norm(max_value=0.5, axis=-1)" },
        { "non_neg", "non_neg" },
        { "NonNeg()", "non_neg" },
        { "unit_norm(axis=none)", "unit_norm(axis=none)" },
        { "min_max_norm", "min_max_norm(min_value=0, max_value=1, rate=1, axis=0)" },
        { "MinMaxNorm(0.5, 2, rate=0.25, axis=1)", "min_max_norm(min_value=0.5, max_value=2, rate=0.25, axis=1)" },
    };

    public static TheoryData<string, string> WrongTexts => new()
    {
        { "max_form", "unknown constraint 'max_form'; did you mean 'max_norm'?" },
        { "max_norm(maximum=2)", "unknown setting of max_norm 'maximum'" },
        { "non_neg(2)", "'2' is one value too many; non_neg takes 0" },
        { "unit_norm(axis=0.5)", "axis is '0.5'; it must be -2 to 1, or none" },
        { "unit_norm(axis=2)", "axis is 2; it must be -2 to 1, or null" },
        { "max_norm(-1)", "maxValue is -1; it must be finite and not negative" },
        { "min_max_norm(2, 1)", "maxValue is 1; it must be at least minValue, which is 2" },
        { "min_max_norm(rate=1.5)", "rate is 1.5; it must be at least 0 and at most 1" },
    };

    // [2, 3] weights of norms 5, 13, 0.5 by column.
    [Theory]
    [InlineData("max_norm(2)", new[] { 1.2f, 10f / 13, 0.3f, 1.6f, 24f / 13, 0.4f })]
    [InlineData("unit_norm", new[] { 0.6f, 5f / 13, 0.6f, 0.8f, 12f / 13, 0.8f })]
    [InlineData("min_max_norm(1, 2)", new[] { 1.2f, 10f / 13, 0.6f, 1.6f, 24f / 13, 0.8f })]
    [InlineData("min_max_norm(1, 5, rate=0.5)", new[] { 3f, 5 * 9f / 13, 0.45f, 4f, 12 * 9f / 13, 0.6f })]
    [InlineData("unit_norm(axis=-2)", new[] { 0.6f, 5f / 13, 0.6f, 0.8f, 12f / 13, 0.8f })]
    public void Apply_AlongTheInputs_GivesEachUnitItsNorm(string constraint, float[] expected)
    {
        float[] weights = [3, 5, 0.3f, 4, 12, 0.4f];
        Constraint.Parse(constraint).Apply(weights, [2, 3]);
        Assert.All(expected.Zip(weights), pair => Assert.Equal(pair.First, pair.Second, 2e-6f));
    }

    [Fact]
    public void Apply_AlongOtherAxes_TakesNormsOfRowsOrOfEverything()
    {
        float[] rows = [3, 4, 6, 8], all = [3, 0, 0, 4], bias = [3, 4];
        new UnitNorm(axis: 1).Apply(rows, [2, 2]);
        Assert.All(new[] { 0.6f, 0.8f, 0.6f, 0.8f }.Zip(rows), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        new UnitNorm(axis: null).Apply(all, [2, 2]);
        Assert.All(new[] { 0.6f, 0, 0, 0.8f }.Zip(all), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        new UnitNorm().Apply(bias, [2]);
        Assert.All(new[] { 0.6f, 0.8f }.Zip(bias), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void NonNeg_MakesNegativesZero_AndKeepsNaN()
    {
        float[] weights = [-1, 2, float.NaN, -0.5f];
        new NonNeg().Apply(weights, [4]);
        Assert.Equal([0, 2, float.NaN, 0], weights);
    }

    [Fact]
    public void Apply_WithAnAxisOrShapeThatDoesNotFit_IsRefused()
    {
        AssertRefused("a constraint of norms along axis 1 does not fit 'weights', whose shape is [3]",
            () => new MaxNorm(axis: 1).Apply(new float[3], [3]));
        AssertRefused("a constraint of norms along axis 0 does not fit 'weights', whose shape is [1, 2, 3]",
            () => new UnitNorm().Apply(new float[6], [1, 2, 3]));
        AssertRefused("weights has 5 elements; the shape [2, 3] has 6", () => new MaxNorm().Apply(new float[5], [2, 3]));
        using var model = new Sequential { new Dense(2, inputShape: 3, biasConstraint: "unit_norm(axis=1)") };
        AssertRefused("a constraint of norms along axis 1 does not fit 'dense/bias', whose shape is [2]", () => model.Build(3));
        Assert.False(model.IsBuilt);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_MeansAConstraint_AndIsWrittenAgain(string text, string written)
    {
        Constraint constraint = text;
        Assert.Equal(written, constraint.ToString());
        Assert.Equal(constraint, Constraint.Parse(written));
    }

    [Theory]
    [MemberData(nameof(WrongTexts))]
    public void Text_ThatIsWrong_SaysWhatIs(string text, string message) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(() => Constraint.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Name_ThatIsRegistered_MeansItsObject()
    {
        Constraint.Register("my_limit", new MaxNorm(7));
        Assert.Equal(new MaxNorm(7), Constraint.Parse("MyLimit"));
    }

    [Fact]
    public void MaxNorm_OfAnyMatrix_LeavesNoColumnLonger() => Prop.ForAll(Matrix.ToArbitrary(), matrix =>
    {
        const double limit = 1.5;
        new MaxNorm(limit).Apply(matrix.Weights, matrix.Shape);
        return Norms(matrix.Weights, matrix.Shape[1]).All(norm => norm <= limit * (1 + 1e-6));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void NormConstraints_Twice_AreAsOnce() => Prop.ForAll(
        Matrix.ToArbitrary(), Gen.Elements("max_norm(3)", "unit_norm", "min_max_norm(2, 3)", "non_neg").ToArbitrary(), (matrix, text) =>
        {
            Constraint constraint = text;
            // A norm of 0.001 becomes 1 - 1e-4 at first, because of the 1e-7 that Keras adds to it.
            bool[] isLong = [.. Norms(matrix.Weights, matrix.Shape[1]).Select(norm => norm is 0 or > 0.2)];
            constraint.Apply(matrix.Weights, matrix.Shape);
            float[] once = (float[])matrix.Weights.Clone();
            constraint.Apply(matrix.Weights, matrix.Shape);
            return Enumerable.Range(0, once.Length).Where(i => isLong[i % isLong.Length])
                .All(i => Math.Abs(once[i] - matrix.Weights[i]) <= 1e-6 * Math.Abs(once[i]) + 1e-7);
        }).QuickCheckThrowOnFailure();

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Training_KeepsParametersInTheirSets(string backend)
    {
        using var model = new Sequential(seed: 7)
        {
            new Dense(16, "relu", inputShape: 64, kernelConstraint: "max_norm(0.75)", biasConstraint: "non_neg"),
            new Dense(10, "softmax", kernelConstraint: "unit_norm", biasConstraint: new Halving()),
        };
        model.Compile(new Adam { LearningRate = 0.01 }, TestModels.SparseLoss, [], TestBackends.Open(backend));
        model.Fit(DigitsData.Rows(0, 320), epochs: 2, batchSize: 32);
        Assert.All(Norms(Flat(model, "dense/kernel"), 16), norm => Assert.InRange(norm, 0.1, 0.75 * (1 + 1e-6)));
        Assert.All(Flat(model, "dense/bias"), bias => Assert.True(bias >= 0));
        Assert.Contains(Flat(model, "dense/bias"), bias => bias > 0);
        Assert.All(Norms(Flat(model, "dense_1/kernel"), 10), norm => Assert.Equal(1, norm, 1e-6));
        // A step of Adam is about 0.01; halved each time, the sum stays below that.
        Assert.All(Flat(model, "dense_1/bias"), bias => Assert.InRange(Math.Abs(bias), 1e-6, 0.0101));
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Constraint_IsAppliedAfterTheUpdate_ToTheSameBitsOnEveryBackend(string backend)
    {
        Assert.Equal(Train("managed"), Train(backend));

        static double[] Train(string name)
        {
            using var model = new Sequential(seed: 7) { new Dense(7, inputShape: 5, useBias: false, kernelConstraint: "min_max_norm(0.5, 1)") };
            model.Compile(new Sgd { LearningRate = 3 }, "mse", [], TestBackends.Open(name));
            // One input that is 1: the gradient of the other weights is 0, and all products are exact.
            model.TrainOnBatch(new float[,] { { 0, 1, 0, 0, 0 } }, new float[1, 7]);
            return TestModels.Parameters(model);
        }
    }

    private static float[] Flat(Sequential model, string name) => [.. model.GetWeights(name).Cast<float>()];

    private static IEnumerable<double> Norms(float[] weights, int columns) => Enumerable.Range(0, columns).Select(column =>
        Math.Sqrt(weights.Where((_, i) => i % columns == column).Sum(w => (double)w * w)));

    private static void AssertRefused(string message, Action action) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);

    /// <summary>A constraint as a program would write it.</summary>
    private sealed record Halving : Constraint
    {
        public override void Apply(Span<float> weights, ReadOnlySpan<int> shape)
        {
            foreach (ref float weight in weights)
                weight /= 2;
        }
    }
}
