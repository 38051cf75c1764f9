using NativeOpt.Tests.Golden;
using Xunit;

namespace NativeOpt.Tests.Regularization;

/// <summary>Penalties and their gradients by themselves, and regularizers as text.</summary>
public class RegularizerTests
{
    private const double Step = 1e-6;

    public static TheoryData<string, string> Texts => new()
    {
        { "l1", "l1(0.01)" },
        { "L2", "l2(0.01)" },
        { "l1(0.5)", "l1(0.5)" },
        { "l2( l2 = 1e-3 )", "l2(0.001)" },
        { "l1_l2", "l1_l2(l1=0.01, l2=0.01)" },
        { "l1_l2()", "l1_l2(l1=0.01, l2=0.01)" },
        { "L1L2(l2=0.1)", "l1_l2(l1=0, l2=0.1)" },
        { "l1_l2(0.1, l2=0.2)", "l1_l2(l1=0.1, l2=0.2)" },
        { "orthogonal", "orthogonal_regularizer(factor=0.01, mode=rows)" },
        { "OrthogonalRegularizer(0.5, Columns)", "orthogonal_regularizer(factor=0.5, mode=columns)" },
    };

    public static TheoryData<string, string> WrongTexts => new()
    {
        { "l3", "unknown regularizer 'l3'; did you mean 'l1'?" },
        { "l2(l1=0.1)", "unknown setting of l2 'l1'" },
        { "l2(0.1, 0.2)", "'0.2' is one value too many; l2 takes 1" },
        { "l1_l2(l2=0.1, 0.2)", "'0.2' in 'l1_l2(l2=0.1, 0.2)' must have the form setting=value" },
        { "l1(0.1, l1=0.2)", "l1 sets l1 twice" },
        { "l1(many)", "l1 is 'many'; it must be a number" },
        { "l1(-1)", "factor is -1; it must be finite and not negative" },
        { "orthogonal(mode=both)", "mode is 'both'; it must be rows or columns" },
    };

    [Theory]
    [InlineData("penalty.l1")]
    [InlineData("penalty.l2")]
    [InlineData("penalty.l1_l2")]
    public void Penalty_AndGradient_FollowKeras(string name)
    {
        GoldenCase golden = GoldenFile.Load("regularization_clip.json")[name];
        var regularizer = new L1L2(golden.Number("hyper.l1"), golden.Number("hyper.l2"));
        double[] w = golden.Numbers("inputs.W");
        int[] shape = [5, 3];
        double[] gradient = new double[w.Length];
        float[] narrow = [.. w.Select(value => (float)value)], narrowGradient = new float[w.Length];

        Close.AssertOne(golden.Number("expected.penalty"), regularizer.GetPenalty(w, shape), 1e-14, "penalty");
        regularizer.AddGradient(w, shape, gradient);
        Close.AssertAll(golden.Numbers("expected.dW"), gradient, 1e-14, "dW");
        Close.AssertOne(golden.Number("expected.penalty"), regularizer.GetPenalty(narrow, shape), 1e-6, "penalty");
        regularizer.AddGradient(narrow, shape, narrowGradient);
        Close.AssertAll(golden.Numbers("expected.dW"), [.. narrowGradient.Select(value => (double)value)], 1e-6, "dW");
    }

    [Theory]
    [InlineData(OrthogonalMode.Rows, 3, 4)]
    [InlineData(OrthogonalMode.Columns, 5, 3)]
    [InlineData(OrthogonalMode.Columns, 40, 11)]
    public void OrthogonalPenalty_IsTheMeanOfCosines_AndItsGradientTheirSlope(OrthogonalMode mode, int rows, int columns)
    {
        var regularizer = new OrthogonalRegularizer(0.5, mode);
        double[] w = Numbers(rows * columns);
        Close.AssertOne(0.5 * MeanOfCosines(w, rows, columns, mode), regularizer.GetPenalty(w, [rows, columns]), 1e-12, "penalty");

        double[] gradient = [.. w.Select(_ => 2.0)];
        regularizer.AddGradient(w, [rows, columns], gradient);
        for (int i = 0; i < w.Length; i++)
        {
            double[] above = (double[])w.Clone(), below = (double[])w.Clone();
            (above[i], below[i]) = (w[i] + Step, w[i] - Step);
            double slope = (regularizer.GetPenalty(above, [rows, columns]) - regularizer.GetPenalty(below, [rows, columns])) / (2 * Step);
            Assert.Equal(2 + slope, gradient[i], 1e-8);
        }
    }

    [Fact]
    public void OrthogonalPenalty_OfOrthogonalVectors_OfZerosAndOfOneVector_IsZero()
    {
        var rows = new OrthogonalRegularizer();
        float[] gradients = new float[4];
        Assert.Equal(0, rows.GetPenalty([1f, 0, 0, 3], [2, 2]));
        Assert.Equal(0, rows.GetPenalty(new float[4], [2, 2]));
        Assert.Equal(0, rows.GetPenalty([1f, 2, 3, 4], [1, 4]));
        rows.AddGradient(new float[4], [2, 2], gradients);
        Assert.Equal(new float[4], gradients);
        Assert.Contains("takes a matrix; 'values' has 1 dimension",
            Assert.Throws<ArgumentException>(() => rows.GetPenalty([1f, 2], [2])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_MeansARegularizer_AndIsWrittenAgain(string text, string written)
    {
        Regularizer regularizer = text;
        Assert.Equal(written, regularizer.ToString());
        Assert.Equal(regularizer, Regularizer.Parse(written));
    }

    [Theory]
    [MemberData(nameof(WrongTexts))]
    public void Text_ThatIsWrong_SaysWhatIs(string text, string message) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(() => Regularizer.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Factors_OutsideTheirRange_AreRefusedByName()
    {
        AssertRefused("factor is NaN; it must be finite and not negative", () => new L1(double.NaN));
        AssertRefused("factor is -0.1; it must be finite and not negative", () => new L2(-0.1));
        AssertRefused("l2 is Infinity; it must be finite and not negative", () => new L1L2(l2: double.PositiveInfinity));
        AssertRefused("mode is 7; there is no such one", () => new OrthogonalRegularizer(mode: (OrthogonalMode)7));
        Assert.Contains("gradients has 1 elements, values has 2",
            Assert.Throws<ArgumentException>(() => new L1().AddGradient([1f, 2], [2], new float[1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Name_ThatIsRegistered_MeansItsObject()
    {
        Regularizer.Register("my-penalty", new L2(0.25));
        Assert.Equal(new L2(0.25), Regularizer.Parse("My_Penalty"));
        Assert.Contains("there is a regularizer 'my_penalty' already",
            Assert.Throws<ArgumentException>(() => Regularizer.Register("my_penalty", new L1())).Message, StringComparison.Ordinal);
        Assert.Contains("there is a regularizer 'L2' already",
            Assert.Throws<ArgumentException>(() => Regularizer.Register("L2", new L1())).Message, StringComparison.Ordinal);
    }

    private static double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => Math.Sin(1.7 * i + 0.3) + 0.1)];

    private static double MeanOfCosines(double[] w, int rows, int columns, OrthogonalMode mode)
    {
        double[][] vectors = mode == OrthogonalMode.Rows
            ? [.. w.Chunk(columns)]
            : [.. Enumerable.Range(0, columns).Select(c => w.Where((_, i) => i % columns == c).ToArray())];
        var cosines = new List<double>();
        for (int i = 0; i < vectors.Length; i++)
            for (int j = 0; j < i; j++)
                cosines.Add(Math.Abs(vectors[i].Zip(vectors[j], (a, b) => a * b).Sum()) / (Length(vectors[i]) * Length(vectors[j])));
        return cosines.Average();
    }

    private static double Length(double[] vector) => Math.Sqrt(vector.Sum(value => value * value));

    private static void AssertRefused(string message, Func<object> create) =>
        Assert.Contains(message, Assert.Throws<ArgumentOutOfRangeException>(create).Message, StringComparison.Ordinal);
}
