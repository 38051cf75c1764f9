using NativeOpt.Data;
using Xunit;

namespace NativeOpt.Tests.Data;

public class RowOrderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Shuffle_KeepsEveryRowOnce(int count)
    {
        int[] rows = Shuffled(count, seed: 1, epoch: 0);

        Assert.Equal(Enumerable.Range(0, count), rows.Order());
    }

    [Fact]
    public void Shuffle_FollowsFromSeedAndEpoch()
    {
        Assert.Equal(Shuffled(100, 1, 5), Shuffled(100, 1, 5));
        Assert.NotEqual(Shuffled(100, 1, 5), Shuffled(100, 2, 5));
        Assert.NotEqual(Shuffled(100, 1, 5), Shuffled(100, 1, 6));
    }

    [Fact]
    public void Shuffle_PutsEveryRowInEveryPlaceEquallyOften()
    {
        const int count = 6, epochs = 12_000;
        var places = new int[count, count];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            int[] rows = Shuffled(count, 3, epoch);
            for (int place = 0; place < count; place++)
                places[rows[place], place]++;
        }

        // 2,000 expected in each of the 36 fields with a deviation of 41: five of these.
        Assert.All(places.Cast<int>(), times => Assert.InRange(times, 1795, 2205));
    }

    private static int[] Shuffled(int count, ulong seed, long epoch)
    {
        var rows = new int[count];
        RowOrder.Fill(rows, 0);
        RowOrder.Shuffle(rows, seed, epoch);
        return rows;
    }
}
