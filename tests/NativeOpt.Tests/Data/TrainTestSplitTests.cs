using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace NativeOpt.Tests.Data;

public class TrainTestSplitTests
{
    private static readonly Gen<(int Count, double Share, long Seed)> Case =
        from count in Gen.Choose(2, 300)
        from share in Gen.Choose(1, 99)
        from seed in Gen.Choose(0, int.MaxValue)
        let size = share / 100.0
        where Math.Ceiling(count * size) < count
        select (count, size, (long)seed);

    [Fact]
    public void Rows_AreInOnePartEach() => Prop.ForAll(Case.ToArbitrary(), Gen.Elements(true, false).ToArbitrary(), (c, shuffle) =>
    {
        (int[] train, int[] test) = TrainTestSplit.Rows(c.Count, c.Share, shuffle, c.Seed);
        return train.Concat(test).Order().SequenceEqual(Enumerable.Range(0, c.Count))
            && Math.Abs(test.Length - c.Count * c.Share) < 1 && train.Length > 0 && test.Length > 0
            && train.SequenceEqual(TrainTestSplit.Rows(c.Count, c.Share, shuffle, c.Seed).Train);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Stratify_KeepsTheSharesOfTheClasses() => Prop.ForAll(Case.ToArbitrary(), c =>
    {
        int[] labels = [.. Enumerable.Range(0, c.Count + 40).Select(row => row % 7 < 4 ? 2 : row % 7 < 6 ? 0 : 1)];
        TrainTestSplit split = TrainTestSplit.Of(new float[labels.Length, 1], labels, 0.1 + c.Share * 0.8, stratify: true, seed: c.Seed);
        return split.TrainRows.Concat(split.TestRows).Order().SequenceEqual(Enumerable.Range(0, labels.Length))
            && labels.Distinct().All(label => Math.Abs(
                split.Test.Y.ToLabels().Count(l => l == label)
                - (double)labels.Count(l => l == label) * split.Test.Count / labels.Length) < 1);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_KeepsInputsTargetsAndOtherArraysTogether()
    {
        float[,] x = new float[10, 2];
        int[] y = new int[10];
        string[] names = new string[10];
        for (int row = 0; row < 10; row++)
            (x[row, 0], x[row, 1], y[row], names[row]) = (row, -row, row % 2, $"row {row}");

        TrainTestSplit split = TrainTestSplit.Of(x, y, testSize: 0.3, seed: 5);
        (Features xTrain, Features xTest, Targets yTrain, Targets yTest) = split;
        (string[] trainNames, string[] testNames) = split.Divide<string>(names);

        Assert.Equal((7, 3, 7, 3), (xTrain.Rows, xTest.Rows, yTrain.Rows, yTest.Rows));
        for (int i = 0; i < 7; i++)
            Assert.Equal((split.TrainRows[i], split.TrainRows[i] % 2, $"row {split.TrainRows[i]}"),
                ((int)xTrain.GetRow(i)[0], yTrain.GetLabel(i), trainNames[i]));
        Assert.Equal([.. split.TestRows.Select(row => $"row {row}")], testNames);
        Assert.NotEqual(split.TestRows, TrainTestSplit.Of(x, y, testSize: 0.3, seed: 6).TestRows);
    }

    [Fact]
    public void Of_WithoutShuffle_TestsOnTheLastRows()
    {
        (InMemoryDataset train, InMemoryDataset test) = TrainTestSplit.Of(
            new float[,] { { 0 }, { 1 }, { 2 }, { 3 }, { 4 } }, new float[] { 0, 1, 2, 3, 4 }, testSize: 0.4, shuffle: false);

        Assert.Equal(new float[,] { { 0 }, { 1 }, { 2 } }, train.Y.ToArray());
        Assert.Equal(new float[,] { { 3 }, { 4 } }, test.X.ToArray());
        // 0.2 * 10 rows are 2, although a tenth cannot be written exactly.
        Assert.Equal(2, TrainTestSplit.Rows(10, 0.2).Test.Length);
        Assert.Equal(3, TrainTestSplit.Rows(10, 0.21).Test.Length);
    }

    [Fact]
    public void Bytes_StayBytes()
    {
        var pixels = new Features(new byte[] { 0, 255, 51, 102 }, 1 / 255f, 4, 1);

        Features some = pixels.SelectRows([1, 1, 0]);

        Assert.Equal(new float[,] { { 1 }, { 1 }, { 0 } }, some.ToArray());
        Assert.Equal([0], some.SelectRows([2]).GetRow(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => pixels.SelectRows([4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ((Targets)new[] { 1, 2 }).SelectRows([-1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => default(Features).SelectRows([0]));
        Assert.Equal([2, 1], ((Targets)new[] { 1, 2 }).SelectRows([1, 0]).ToLabels());
    }

    [Fact]
    public void Of_WhatCannotBeDivided_SaysWhy()
    {
        float[,] x = new float[6, 1];
        int[] y = [0, 0, 0, 1, 1, 2];
        Refuse("testSize is 0; it must be greater than 0 and less than 1", () => TrainTestSplit.Of(x, y, 0));
        Refuse("testSize is NaN", () => TrainTestSplit.Of(x, y, double.NaN));
        Refuse("testSize is 0.9: of 6 rows that leaves 0 to learn from and 6 to test on", () => TrainTestSplit.Of(x, y, 0.9));
        Refuse("y has 3 rows; x has 6", () => TrainTestSplit.Of(x, new[] { 1, 2, 3 }));
        Refuse("class 2 has 1 row; stratify needs 2", () => TrainTestSplit.Of(x, y, stratify: true));
        Refuse("of 6 rows 5 are to learn from and 1 to test on; stratify needs one of each of the 2 classes in both",
            () => TrainTestSplit.Of(x, new[] { 0, 0, 0, 1, 1, 1 }, 0.1, stratify: true));
        Refuse("stratify needs class numbers", () => TrainTestSplit.Of(x, new float[6], stratify: true));
        Refuse("stratify without shuffle", () => TrainTestSplit.Of(x, y, shuffle: false, stratify: true));
        Refuse("values has 5 elements; there are 6 rows", () => TrainTestSplit.Of(x, y).Divide<int>(new int[5]));

        static void Refuse(string sentence, Func<object> divide) =>
            Assert.Contains(sentence, Assert.ThrowsAny<ArgumentException>(divide).Message, StringComparison.Ordinal);
    }
}
