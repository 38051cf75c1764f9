using NativeOpt.Cli.Replay;
using NativeOpt.Cli.Replay.Schedules;
using Xunit;

namespace NativeOpt.Tests.Replay;

public sealed class PythonExpressionTests
{
    [Theory]
    [InlineData("0.95**t", 2, 0.9025)]
    [InlineData("lambda epoch: 0.5 ** (epoch // 30)", 65, 0.25)]
    [InlineData("0.9 if t%10==0 else 1.0 (t = step number, first multiplied at t=1)", 20, 0.9)]
    [InlineData("0.9 if t%10==0 else 1.0", 21, 1)]
    [InlineData("min(1.0, (t + 1) / 10)", 3, 0.4)]
    [InlineData("-2**2", 1, -4)]
    [InlineData("2**-1", 1, 0.5)]
    [InlineData("2**3**2", 1, 512)]
    [InlineData("7 - 2 - 1", 1, 4)]
    [InlineData("-7 % 3", 1, 2)]
    [InlineData("-7 // 2", 1, -4)]
    [InlineData("1 if t < 5 and not t == 3 else 0", 3, 0)]
    [InlineData("0.5 * (1 + math.cos(math.pi * t / 10))", 10, 0)]
    [InlineData("1e-1 + .5", 1, 0.6)]
    [InlineData("1 if 10 < t < 20 else 0", 5, 0)]
    [InlineData("1 if 10 < t < 20 else 0", 15, 1)]
    [InlineData("1 if 10 < t < 20 else 0", 25, 0)]
    [InlineData("round(t / 2)", 5, 2)]
    public void Parse_GivesWhatPythonGives(string text, long step, double expected) =>
        Assert.Equal(expected, PythonExpression.Parse(text, "lambda_")(step), 15);

    [Theory]
    [InlineData("")]
    [InlineData("0.95**")]
    [InlineData("0.95 ** u")]
    [InlineData("lambda t: s")]
    [InlineData("open('x')")]
    [InlineData("1 if t")]
    [InlineData("(1")]
    public void Parse_OfAnythingElse_IsRefusedWithTheText(string text)
    {
        var failure = Assert.Throws<ReplayException>(() => PythonExpression.Parse(text, "hyper.lambda_"));

        Assert.Contains($"hyper.lambda_ is '{text}'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-")]
    [InlineData("(")]
    [InlineData("not ")]
    [InlineData("2**")]
    [InlineData("1 if t else ")]
    public void Parse_OfVeryLongText_IsRefusedWithTheLimit(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, 100_000)) + "t";

        var failure = Assert.Throws<ReplayException>(() => PythonExpression.Parse(text, "hyper.lambda_"));

        Assert.Contains("there may be 500 at most", failure.Message, StringComparison.Ordinal);
        _ = Record.Exception(() => PythonExpression.Parse(string.Concat(Enumerable.Repeat(piece, 120)) + "t", "hyper.lambda_"));
    }
}
