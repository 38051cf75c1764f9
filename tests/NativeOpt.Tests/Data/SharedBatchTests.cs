using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Data;

/// <summary>Batches that are written past the caches because several threads read them next.</summary>
public class SharedBatchTests
{
    private const int Rows = 100;

    /// <summary>Columns that fill vectors and that do not; an offset of the batch from a 64-byte boundary, in numbers.</summary>
    [Theory]
    [InlineData(80, 0)]
    [InlineData(80, 1)]
    [InlineData(77, 0)]
    [InlineData(9, 3)]
    public void Gather_ForSeveralThreads_GivesTheBatchOfOne(int columns, int offset)
    {
        var random = new Random(1);
        var bytes = new byte[Rows * columns];
        random.NextBytes(bytes);
        float[] numbers = [.. bytes.Select(value => value * 1.25f)];
        float[][] rows = [.. numbers.Chunk(columns)];
        var table = new float[Rows, columns];
        Buffer.BlockCopy(numbers, 0, table, 0, numbers.Length * sizeof(float));
        foreach (Features features in new Features[] { new(bytes, 1f / 255, Rows, columns), new(numbers, Rows, columns), rows, table })
            Assert.Equal(Gather(features, offset, isShared: false), Gather(features, offset, isShared: true));
    }

    // All rows from the last to the first, with the numbers around them.
    private static float[] Gather(Features features, int offset, bool isShared)
    {
        int count = features.Rows * features.Columns;
        using AlignedBuffer memory = AlignedBuffer.Allocate<float>(offset + count + 16);
        memory.AsSpan<float>().Fill(-1);
        int[] order = [.. Enumerable.Range(0, features.Rows).Reverse()];
        var batch = new Batch(order.Length, memory.AsSpan<float>().Slice(offset, count), [], new int[order.Length]) { IsShared = isShared };
        new InMemoryDataset(features, new int[features.Rows]).Gather(order, batch);
        return memory.AsSpan<float>().ToArray();
    }
}
