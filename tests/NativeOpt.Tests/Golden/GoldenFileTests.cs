using Xunit;

namespace NativeOpt.Tests.Golden;

public sealed class GoldenFileTests
{
    [Fact]
    public void Load_ReadsNestedNumbersAndShapes()
    {
        GoldenCase dense = GoldenFile.Load("layers.json")["dense.linear"];

        Assert.Equal("dense", dense.Kind);
        Assert.Equal([4, 3], [dense.Rows("expected.y").Length, dense.Rows("expected.y")[0].Length]);
        Assert.Equal(12, dense.Numbers("expected.y").Length);
        Assert.Equal(dense.Rows("expected.y")[1][0], dense.Number("expected.y.1.0"));
        Assert.False(dense.Has("inputs.nothing"));
    }

    [Fact]
    public void Case_WithAnUnknownName_FailsByThatName()
    {
        var failure = Assert.Throws<KeyNotFoundException>(() => GoldenFile.Load("layers.json")["dense.none"]);

        Assert.Contains("dense.none", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, 101, 0.01, true)]
    [InlineData(100, 102, 0.01, false)]
    [InlineData(0, 0.01, 0.01, true)]
    [InlineData(double.NaN, double.NaN, 0.01, true)]
    [InlineData(1, double.NaN, 0.01, false)]
    public void Close_IsRelativeAboveOneAndAbsoluteBelow(double expected, double actual, double tolerance, bool close)
    {
        Exception? failure = Record.Exception(() => Close.AssertOne(expected, actual, tolerance, "x"));

        Assert.Equal(close, failure is null);
    }
}
