using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Backends;

/// <summary>The memory of arenas and slots.</summary>
public unsafe class AlignedBufferTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(5_000, 320)]
    [InlineData(HugePages.SmallestAllocation - 1, 64)]
    [InlineData(HugePages.SmallestAllocation + 12_345, 640)]
    public void Allocate_OfAnySize_GivesZeroedMemoryBehindTheStagger(long bytes, int stagger)
    {
        using AlignedBuffer buffer = AlignedBuffer.Allocate(bytes, stagger);
        Assert.Equal(bytes, buffer.ByteCount);
        Assert.False(buffer.AsSpan<byte>().ContainsAnyExcept((byte)0));
        Assert.Equal(0u, ((nuint)buffer.Pointer - (nuint)stagger) % AlignedBuffer.Alignment);
    }

    /// <summary>Addresses that agree in their lower 12 bits would compete for the same lines of the first-level cache.</summary>
    [Fact]
    public void Allocate_OfArenasWithDifferentStagger_GivesDifferentPlacesWithinAPage()
    {
        using AlignedBuffer first = AlignedBuffer.Allocate(100_000, 320), second = AlignedBuffer.Allocate(20_000_000, 640);
        Assert.Equal(320u, (nuint)first.Pointer % 4096);
        Assert.Equal(640u, (nuint)second.Pointer % 4096);
    }
}
