using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace NativeOpt.Tests.Data;

public class OneHotTests
{
    [Fact]
    public void Encode_PutsAOneInThePlaceOfTheClass()
    {
        Assert.Equal(new float[,] { { 0, 0, 1 }, { 1, 0, 0 } }, OneHot.Encode([2, 0]));
        Assert.Equal(new float[,] { { 0, 1, 0, 0 } }, OneHot.Encode([1], classes: 4));
        Assert.Equal(new float[,] { { 0, 1 }, { 1, 0 } }, OneHot.Encode((Targets)new byte[] { 1, 0 }));
        Assert.Empty(OneHot.Encode([]));
    }

    [Fact]
    public void Decode_OfWhatEncodeMade_GivesTheLabels() => Prop.ForAll(
        Gen.Choose(0, 9).ArrayOf().ToArbitrary(),
        labels => OneHot.Decode(OneHot.Encode(labels, 10)).SequenceEqual(labels)).QuickCheckThrowOnFailure();

    [Fact]
    public void Decode_TakesTheFirstOfTheLargest() =>
        Assert.Equal([1, 0], OneHot.Decode(new float[,] { { 0.1f, 0.6f, 0.3f }, { 0.4f, 0.4f, 0.2f } }));

    [Fact]
    public void Arguments_ThatCannotBe_AreNamed()
    {
        Assert.Contains("labels[1] is 3; it must be at least 0 and below 3",
            Assert.Throws<ArgumentOutOfRangeException>(() => OneHot.Encode([0, 3], 3)).Message, StringComparison.Ordinal);
        Assert.Contains("labels[0] is -1",
            Assert.Throws<ArgumentOutOfRangeException>(() => OneHot.Encode([-1])).Message, StringComparison.Ordinal);
        Assert.Contains("classes is 0", Assert.Throws<ArgumentOutOfRangeException>(() => OneHot.Encode([0], 0)).Message,
            StringComparison.Ordinal);
        Assert.Contains("rows[1, 1] is NaN", Assert.Throws<ArgumentException>(
            () => OneHot.Decode(new float[,] { { 0, 1 }, { 2, float.NaN } })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => OneHot.Decode(new float[2, 0]));
        Assert.Throws<InvalidOperationException>(() => OneHot.Encode((Targets)new float[] { 1 }));
    }
}
