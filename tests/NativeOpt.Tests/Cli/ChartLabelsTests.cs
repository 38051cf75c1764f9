using NativeOpt.Cli.Report.Charts;
using Xunit;

namespace NativeOpt.Tests.Cli;

public class ChartLabelsTests
{
    private const double Gap = ChartLabels.LineHeight;

    [Fact]
    public void Place_WithRoomBetweenThem_LeavesLabelsWhereTheyAre() =>
        Assert.Equal([100.0, 20, 60], ChartLabels.Place([100, 20, 60], 0, 200)!);

    [Fact]
    public void Place_OfEqualHeights_SpreadsThemAroundTheirMiddle() =>
        Assert.Equal([100 - Gap, 100, 100 + Gap], ChartLabels.Place([100, 100, 100], 0, 200)!);

    [Fact]
    public void Place_AtTheEdge_StaysInside() => Assert.Equal([200 - Gap, 200], ChartLabels.Place([199, 205], 0, 200)!);

    [Fact]
    public void Place_OfMoreThanFit_PlacesNone() => Assert.Null(ChartLabels.Place(new double[20], 0, 10 * Gap));

    [Fact]
    public void Place_OfAnyHeights_KeepsOrderAndDistance()
    {
        var random = new Random(1);
        for (int round = 0; round < 200; round++)
        {
            double[] wanted = [.. Enumerable.Range(0, 1 + random.Next(12)).Select(_ => 300 * random.NextDouble())];
            double[] placed = ChartLabels.Place(wanted, 0, 300)!;
            double[] inOrder = [.. Enumerable.Range(0, wanted.Length).OrderBy(i => wanted[i]).Select(i => placed[i])];

            Assert.InRange(inOrder[0], 0, 300);
            Assert.InRange(inOrder[^1], 0, 300 + 1e-9);
            Assert.All(inOrder.Zip(inOrder.Skip(1)), pair => Assert.True(pair.Second - pair.First >= Gap - 1e-9));
        }
    }
}
