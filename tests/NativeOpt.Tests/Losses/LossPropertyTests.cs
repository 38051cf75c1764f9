using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace NativeOpt.Tests.Losses;

/// <summary>What holds for any numbers.</summary>
public sealed class LossPropertyTests
{
    private static readonly Loss[] Distances =
    [
        new MeanSquaredError(), new MeanAbsoluteError(), new MeanAbsolutePercentageError(), new MeanSquaredLogarithmicError(),
        new Huber { Delta = 0.5 }, new SmoothL1 { Beta = 0.25 }, new LogCosh(),
    ];

    private static readonly Loss[] NeverNegative =
    [
        .. Distances, new Hinge(), new SquaredHinge(), new CategoricalHinge(), new BinaryCrossentropy(),
        new CategoricalCrossentropy(), new BinaryFocalCrossentropy(), new CategoricalFocalCrossentropy(), new Dice(), new Tversky(),
    ];

    private static readonly Loss[] OfProbabilities =
    [
        new BinaryCrossentropy(), new CategoricalCrossentropy { LabelSmoothing = 0.1 }, new KLDivergence(), new Dice(),
        new CategoricalFocalCrossentropy(), new CosineSimilarity(), new CategoricalHinge(),
    ];

    // Rows of probabilities and of targets in {0, 1}.
    private static readonly Gen<(float[,] Predictions, float[,] Targets)> Rows =
        from columns in Gen.Choose(1, 6)
        from numbers in Gen.Choose(0, 1000).ArrayOf(2 * 3 * columns)
        select (Matrix(columns, i => numbers[i] / 1000f), Matrix(columns, i => numbers[3 * columns + i] % 2));

    [Fact]
    public void Distances_AndEntropies_AreNeverNegative() => Check(rows =>
        NeverNegative.All(loss => Mean(loss, rows.Predictions, rows.Targets) >= 0));

    [Fact]
    public void Distances_OfEqualRows_AreZero() => Check(rows =>
        Distances.All(loss => Mean(loss, rows.Predictions, rows.Predictions) == 0));

    [Fact]
    public void Losses_DoNotDependOnTheOrderOfColumns() => Check(rows => Distances.Concat(OfProbabilities).All(loss =>
        Near(Mean(loss, rows.Predictions, rows.Targets), Mean(loss, Reversed(rows.Predictions), Reversed(rows.Targets)))));

    [Fact]
    public void SmoothL1_IsHuberDividedByItsDelta() => Check(rows =>
        Near(Mean(new Huber { Delta = 0.3 }, rows.Predictions, rows.Targets) / 0.3,
            Mean(new SmoothL1 { Beta = 0.3 }, rows.Predictions, rows.Targets)));

    [Fact]
    public void FocalLoss_WithoutItsPower_IsTheCrossEntropy() => Check(rows =>
        Near(Mean(new BinaryCrossentropy(), rows.Predictions, rows.Targets),
            Mean(new BinaryFocalCrossentropy { Gamma = 0 }, rows.Predictions, rows.Targets))
        && Near(Mean(new CategoricalCrossentropy(), rows.Predictions, rows.Targets),
            Mean(new CategoricalFocalCrossentropy { Gamma = 0, Alpha = 1 }, rows.Predictions, rows.Targets)));

    [Fact]
    public void Divergence_OfADistributionFromItself_IsZero() => Check(rows =>
        Math.Abs(Mean(new KLDivergence(), rows.Predictions, rows.Predictions)) < 1e-12);

    private static void Check(Func<(float[,] Predictions, float[,] Targets), bool> property) =>
        Prop.ForAll(Rows.ToArbitrary(), property).QuickCheckThrowOnFailure();

    private static double Mean(Loss loss, float[,] predictions, float[,] targets)
    {
        var metric = new LossMetric(loss);
        metric.Update(predictions, targets);
        return metric.Result;
    }

    private static bool Near(double left, double right) => Math.Abs(left - right) <= 1e-9 * Math.Max(1, Math.Abs(left));

    private static float[,] Matrix(int columns, Func<int, float> element)
    {
        var matrix = new float[3, columns];
        for (int i = 0; i < matrix.Length; i++)
            matrix[i / columns, i % columns] = element(i);
        return matrix;
    }

    private static float[,] Reversed(float[,] matrix)
    {
        int columns = matrix.GetLength(1);
        return Matrix(columns, i => matrix[i / columns, columns - 1 - i % columns]);
    }
}
