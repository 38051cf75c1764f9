using System.Runtime.InteropServices;

namespace NativeOpt.Interop;

/// <summary>
/// Zeroed native memory on a 64-byte boundary: the arenas of parameters, gradients and slots. The garbage collector neither
/// moves it nor sees its size, so the size is reported as memory pressure.
/// </summary>
internal sealed unsafe class AlignedBuffer : SafeHandle
{
    /// <summary>A cache line, and the width of the widest vector.</summary>
    public const int Alignment = 64;

    private readonly void* _allocation;
    private readonly long _allocatedBytes;

    private AlignedBuffer(void* allocation, long allocatedBytes, long byteCount, int stagger)
        : base(0, ownsHandle: true)
    {
        _allocation = allocation;
        _allocatedBytes = allocatedBytes;
        ByteCount = byteCount;
        SetHandle((nint)allocation + stagger);
        GC.AddMemoryPressure(allocatedBytes);
    }

    /// <summary>Bytes that may be used.</summary>
    public long ByteCount { get; }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>
    /// The first byte. Valid while a reference is held (<see cref="SafeHandle.DangerousAddRef"/>) or the object is reachable.
    /// </summary>
    public void* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return (void*)handle;
        }
    }

    /// <summary>Allocates zeroed memory.</summary>
    /// <param name="byteCount">Bytes, 0 or more.</param>
    /// <param name="stagger">
    /// Bytes from the page boundary to the first element, a multiple of 64. Arenas that are walked together take different
    /// values, because addresses that agree in their lower 12 bits share cache sets.
    /// </param>
    /// <exception cref="OutOfMemoryException">There is not enough memory.</exception>
    public static AlignedBuffer Allocate(long byteCount, int stagger = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(byteCount);
        if (stagger < 0 || stagger % Alignment != 0)
            throw new ArgumentOutOfRangeException(nameof(stagger), stagger, $"must be a multiple of {Alignment}");
        const int page = 4096;
        long bytes = checked(Math.Max(byteCount, 1) + stagger);
        int alignment = bytes >= HugePages.SmallestAllocation ? HugePages.Size : bytes >= page ? page : Alignment;
        void* memory = NativeMemory.AlignedAlloc(checked((nuint)bytes), (nuint)alignment);
        if (alignment == HugePages.Size)
            HugePages.Advise(memory, (nuint)bytes);
        NativeMemory.Clear(memory, (nuint)bytes);
        return new AlignedBuffer(memory, bytes, byteCount, stagger);
    }

    /// <summary>Allocates <paramref name="count"/> zeroed elements.</summary>
    public static AlignedBuffer Allocate<T>(long count, int stagger = 0) where T : unmanaged =>
        Allocate(checked(count * sizeof(T)), stagger);

    /// <summary>All elements. Only for use while this object is reachable; never handed to callers of the public API.</summary>
    public Span<T> AsSpan<T>() where T : unmanaged => new(Pointer, checked((int)(ByteCount / sizeof(T))));

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree(_allocation);
        GC.RemoveMemoryPressure(_allocatedBytes);
        return true;
    }
}
