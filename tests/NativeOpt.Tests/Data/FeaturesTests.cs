using System.Numerics.Tensors;
using NativeOpt.Data;
using Xunit;

namespace NativeOpt.Tests.Data;

public class FeaturesTests
{
    private static readonly float[] Numbers = [1, 2, 3, 4, 5, 6];
    private static readonly float[,] Matrix = { { 1, 2, 3 }, { 4, 5, 6 } };

    public static TheoryData<string> Kinds => new("matrix", "jagged", "memory", "tensor", "bytes", "flattened");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Features_OfEveryKind_HaveTheSameRows(string kind)
    {
        Features features = kind switch
        {
            "matrix" => Matrix,
            "jagged" => new float[][] { [1, 2, 3], [4, 5, 6] },
            "memory" => new Features(Numbers, 2, 3),
            "tensor" => Tensor.Create(Numbers, [2, 3]),
            "bytes" => new Features(new byte[] { 2, 4, 6, 8, 10, 12 }, 0.5f, 2, 3),
            _ => new Features(Numbers, 2, 1, 3),
        };

        var row = new float[3];
        features.Require("x").CopyRow(1, row);
        Assert.Equal((2, 3), (features.Rows, features.Columns));
        Assert.Equal([4, 5, 6], row);
        Assert.Equal([4, 5, 6], features.GetRow(1));
        Assert.Equal(Matrix, features.ToArray());
        Assert.Equal("2 rows of 3 numbers", features.ToString());
    }

    [Fact]
    public void Rows_ThatAreNotThere_AreRefused()
    {
        Features features = Matrix;
        Targets targets = new[] { 3, 1 };

        Assert.Contains("row is 2; it must be at least 0 and below 2",
            Assert.Throws<ArgumentOutOfRangeException>(() => features.GetRow(2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => targets.GetLabel(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => default(Features).GetRow(0));
        Assert.Empty(default(Features).ToArray());
    }

    [Fact]
    public void Targets_CanBeReadBack()
    {
        Targets labels = new byte[] { 3, 1 };
        Targets rows = new float[,] { { 3, 4 }, { 1, 2 } };

        Assert.True(labels.HasLabels);
        Assert.Equal([3, 1], labels.ToLabels());
        Assert.Equal(1, labels.GetLabel(1));
        Assert.Equal("2 class numbers", labels.ToString());
        Assert.False(rows.HasLabels);
        Assert.Equal([1, 2], rows.GetRow(1));
        Assert.Equal(new float[,] { { 3, 4 }, { 1, 2 } }, rows.ToArray());
        Assert.Equal("2 rows of 2 numbers", rows.ToString());
        Assert.Throws<InvalidOperationException>(() => labels.ToArray());
        Assert.Throws<InvalidOperationException>(() => rows.ToLabels());
    }

    [Fact]
    public void Gather_IntoABatchOfOtherSizes_SaysWhatIsNeeded()
    {
        var data = new InMemoryDataset(Matrix, new[] { 3, 1 });

        Assert.Contains("these rows need 2, 6, 0 and 2",
            Assert.Throws<ArgumentException>(() => data.Gather([0, 1], new Batch(2, new float[5], [], new int[2]))).Message,
            StringComparison.Ordinal);
        Assert.Contains("rows is 2; it must be at least 0 and below 2",
            Assert.Throws<ArgumentOutOfRangeException>(() => data.Gather([2], new Batch(1, new float[3], [], new int[1]))).Message,
            StringComparison.Ordinal);
        Assert.Equal("2 rows: 3 inputs, class numbers", data.ToString());
        Assert.Equal("2 rows: 3 inputs, 1 targets", new InMemoryDataset(Matrix, new[] { 3f, 1f }).ToString());
    }

    [Fact]
    public void Features_OfASlicedTensor_HaveTheRowsOfTheSlice()
    {
        Tensor<float> whole = Tensor.Create(Numbers, [3, 2]);
        Features features = whole[1..3, 0..2];

        var row = new float[2];
        features.Require("x").CopyRow(0, row);
        Assert.Equal(2, features.Rows);
        Assert.Equal([3, 4], row);
    }

    [Fact]
    public void Features_WhoseShapeDoesNotFit_SaySo()
    {
        Assert.Contains("the memory has 6 elements; shape [2, 4] needs another number",
            Assert.Throws<ArgumentException>(() => new Features(Numbers, 2, 4)).Message, StringComparison.Ordinal);
        Assert.Contains("dimension 1 of the shape is 0", Assert.Throws<ArgumentException>(() => new Features(Numbers, 6, 0)).Message,
            StringComparison.Ordinal);
        Assert.Contains("no dimension", Assert.Throws<ArgumentException>(() => new Features(Numbers)).Message, StringComparison.Ordinal);
        Assert.Contains("needs another number",
            Assert.Throws<ArgumentException>(() => new Features(Numbers, 6, int.MaxValue, int.MaxValue, 2)).Message,
            StringComparison.Ordinal);
        Assert.Contains("scale is NaN",
            Assert.Throws<ArgumentException>(() => new Features(new byte[6], float.NaN, 2, 3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_OfNull_AreRefused()
    {
        Assert.Throws<ArgumentNullException>(() => { Features x = (float[,])null!; });
        Assert.Throws<ArgumentNullException>(() => { Targets y = (int[])null!; });
    }

    [Fact]
    public void Scale_OfEveryLength_IsOneMultiplicationAnElement()
    {
        for (int length = 0; length <= 131; length++)
        {
            byte[] bytes = [.. Enumerable.Range(0, length).Select(i => (byte)(255 - 2 * i))];
            var scaled = new float[length + 1];
            scaled[length] = -7;

            ByteScaling.Scale(bytes, 1 / 255f, scaled);

            Assert.Equal(bytes.Select(value => value * (1 / 255f)), scaled.Take(length));
            Assert.Equal(-7, scaled[length]);
        }
    }

    [Fact]
    public void Targets_OfEveryKind_GiveTheirRows()
    {
        var inputs = new float[2, 1];
        Assert.Equal([3, 1], Labels(new InMemoryDataset(inputs, new[] { 3, 1 })));
        Assert.Equal([3, 1], Labels(new InMemoryDataset(inputs, new byte[] { 3, 1 })));
        Assert.Equal([3, 1], Labels(new InMemoryDataset(inputs, Tensor.Create(new[] { 3, 1 }, [2]))));
        Assert.Throws<ArgumentException>(() => { Targets y = Tensor.Create(new[] { 3, 1 }, [2, 1]); });
        Assert.Equal([3f, 1f], Values(new InMemoryDataset(inputs, new[] { 3f, 1f }), 1));
        Assert.Equal([3f, 4f, 1f, 2f], Values(new InMemoryDataset(inputs, new float[,] { { 3, 4 }, { 1, 2 } }), 2));
        Assert.Equal([3f, 4f, 1f, 2f], Values(new InMemoryDataset(inputs, new float[][] { [3, 4], [1, 2] }), 2));
        Assert.Equal([3f, 4f, 1f, 2f], Values(new InMemoryDataset(inputs, Tensor.Create(new[] { 3f, 4f, 1f, 2f }, [2, 2])), 2));
        Assert.Equal([3f, 4f, 1f, 2f], Values(new InMemoryDataset(inputs, new Targets(new[] { 3f, 4f, 1f, 2f }, 2, 2)), 2));
    }

    private static int[] Labels(InMemoryDataset data)
    {
        var labels = new int[2];
        data.Gather([0, 1], new Batch(2, new float[2], [], labels));
        Assert.Equal(0, data.TargetColumns);
        return labels;
    }

    private static float[] Values(InMemoryDataset data, int columns)
    {
        var values = new float[2 * columns];
        data.Gather([0, 1], new Batch(2, new float[2], values, []));
        Assert.Equal(columns, data.TargetColumns);
        return values;
    }
}
