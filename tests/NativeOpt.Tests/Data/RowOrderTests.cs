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

    [Theory]
    [InlineData(0, 100, 10, 1)]
    [InlineData(0, 100, 10, 3)]
    [InlineData(7, 95, 10, 2)]
    [InlineData(3, 5, 10, 2)]
    [InlineData(0, 64, 1, 8)]
    [InlineData(2147483600, 47, 10, 2)]
    public void Shuffle_OfBlocks_KeepsEveryRowOnceAndMixesSomeBlocksAtATime(int first, int count, int blockRows, int mixed)
    {
        int[] rows = ShuffledBlocks(first, count, blockRows, mixed, epoch: 0);

        Assert.Equal(Enumerable.Range(first, count), rows.Order());
        Assert.Equal(rows, ShuffledBlocks(first, count, blockRows, mixed, epoch: 0));
        Assert.NotEqual(rows, ShuffledBlocks(first, count, blockRows, mixed, epoch: 1));
        // The rows of a block all come within the rows of the blocks it is mixed with.
        foreach (IGrouping<int, int> block in rows.Select((row, place) => (row, place)).GroupBy(p => p.row / blockRows, p => p.place))
            Assert.InRange(block.Max() - block.Min(), 0, mixed * blockRows - 1);
    }

    [Fact]
    public void Shuffle_OfBlocks_PutsEveryRowInEveryPlaceEquallyOften()
    {
        const int count = 6, epochs = 12_000;
        var places = new int[count, count];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            int[] rows = ShuffledBlocks(0, count, 2, 1, epoch);
            for (int place = 0; place < count; place++)
                places[rows[place], place]++;
        }

        Assert.All(places.Cast<int>(), times => Assert.InRange(times, 1795, 2205));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void Shuffle_WithoutBlocks_IsThatOfAllRows(int blockRows) =>
        Assert.Equal(Shuffled(100, 3, 4), ShuffledBlocks(0, 100, blockRows, 1, 4));

    private static int[] ShuffledBlocks(int first, int count, int blockRows, int mixed, long epoch)
    {
        var rows = new int[count];
        RowOrder.Fill(rows, first);
        RowOrder.Shuffle(rows, new Blocks(blockRows, mixed), 3, epoch);
        return rows;
    }

    private sealed class Blocks(int blockRows, int mixed) : Dataset
    {
        public override int Count => int.MaxValue;

        public override int InputColumns => 1;

        public override int TargetColumns => 0;

        public override int BlockRows => blockRows;

        public override int MixedBlocks => mixed;

        public override void Gather(ReadOnlySpan<int> rows, Batch batch) => throw new NotSupportedException();
    }

    private static int[] Shuffled(int count, ulong seed, long epoch)
    {
        var rows = new int[count];
        RowOrder.Fill(rows, 0);
        RowOrder.Shuffle(rows, seed, epoch);
        return rows;
    }
}
