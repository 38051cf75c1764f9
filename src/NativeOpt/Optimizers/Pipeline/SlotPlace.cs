using NativeOpt.Interop;

namespace NativeOpt.Optimizers;

/// <summary>Where the slot of a parameter lies. It has as many elements as the parameter, unless its rule keeps less.</summary>
internal readonly record struct SlotPlace(AlignedBuffer Buffer, long Offset, long Count)
{
    /// <summary>The elements; T is the element type of the block.</summary>
    public Span<T> AsSpan<T>() where T : unmanaged => Buffer.AsSpan<T>().Slice((int)Offset, (int)Count);
}
