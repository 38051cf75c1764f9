using NativeOpt.Text;
using Xunit;

namespace NativeOpt.Tests.Text;

public class NearestNameTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "adam", 4)]
    [InlineData("adam", "", 4)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("saturday", "sunday", 3)]
    [InlineData("ADAM", "adam", 0)]
    [InlineData("flaw", "lawn", 2)]
    public void Distance_OfWords_CountsEdits(string left, string right, int expected)
    {
        Assert.Equal(expected, NearestName.Distance(left, right));
        Assert.Equal(expected, NearestName.Distance(right, left));
    }

    [Theory]
    [InlineData("adma", "adam")]
    [InlineData("RMSProp", "rmsprop")]
    [InlineData("nestrov", "nesterov")]
    [InlineData("qqqqqqqqqqqqqq", null)]
    public void Find_AmongKnownNames_TakesTheNearestOnlyIfItIsNear(string name, string? expected) =>
        Assert.Equal(expected, NearestName.Find(name, ["sgd", "adam", "rmsprop", "nesterov"]));

    [Fact]
    public void Find_AmongNone_IsNull() => Assert.Null(NearestName.Find("adam", []));

    [Fact]
    public void Explain_WithANearName_SuggestsItAndListsAll() =>
        Assert.Equal("unknown optimizer 'adm'; did you mean 'adam'? Known: sgd, adam",
            NearestName.Explain("optimizer", "adm", ["sgd", "adam"]));

    [Fact]
    public void Explain_WithoutANearName_ListsAll() =>
        Assert.Equal("unknown data set 'xyzxyz'. Known: sgd, adam", NearestName.Explain("data set", "xyzxyz", ["sgd", "adam"]));

    [Fact]
    public void Explain_AmongNone_SaysThatThereAreNone() =>
        Assert.Equal("unknown parameter 'w'; there are none yet", NearestName.Explain("parameter", "w", []));
}
