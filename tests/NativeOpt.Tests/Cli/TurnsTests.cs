using NativeOpt.Cli.Bench;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>Who works when, and medians.</summary>
public sealed class TurnsTests
{
    [Fact]
    public void Contestants_TakeTurns()
    {
        var calls = new List<char>();

        Sample[] samples = new Turns(Rounds: 3, Seconds: 0, WarmUp: 0).Take([() => calls.Add('a'), () => calls.Add('b')]);

        Assert.Equal("ab" + "ababab", string.Concat(calls));
        Assert.All(samples, sample => Assert.Equal(3, sample.Values.Length));
    }

    [Fact]
    public void WarmUp_LastsAsLongAsItIsToldTo()
    {
        long start = Environment.TickCount64;

        new Turns(Rounds: 1, Seconds: 0, WarmUp: 0.05).Take([() => { }]);

        Assert.InRange(Environment.TickCount64 - start, 40, 5_000);
    }

    [Fact]
    public void Sample_HasMedianAndQuartilesInAnyOrder()
    {
        var sample = new Sample([9, 1, 5, 3, 7]);

        Assert.Equal((3.0, 5.0, 7.0), (sample.Low, sample.Median, sample.High));
        Assert.Equal([3, 1, 5, 1, 7], sample.Over(new Sample([3, 1, 1, 3, 1])).Values);
    }
}
