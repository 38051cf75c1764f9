namespace NativeOpt.Backends.Managed;

/// <summary>
/// Memory of one backend for packed panels and rows: grown on demand and kept, so that repeated runs allocate nothing. It lives on
/// the pinned heap: nothing has to be freed, whatever is closed first.
/// </summary>
internal sealed unsafe class Scratch
{
    private const int Alignment = 64;

    private readonly byte[][] _blocks = [[], [], [], [], [], []];

    /// <summary>What a block is for; blocks of different purposes do not overlap.</summary>
    public enum Purpose
    {
        /// <summary>Row panels of a matrix product.</summary>
        PackedA,

        /// <summary>Column panels of a matrix product.</summary>
        PackedB,

        /// <summary>One row of values.</summary>
        Row,

        /// <summary>Another row of values.</summary>
        SecondRow,

        /// <summary>One row of targets.</summary>
        Targets,

        /// <summary>Sums and intermediate matrices of a matrix rule.</summary>
        Matrix,
    }

    /// <summary>One row of values, contents undefined. Valid until the next request for the same purpose.</summary>
    public Span<T> Row<T>(Purpose purpose, int count) where T : unmanaged => new(Get<T>(purpose, count), count);

    /// <summary>
    /// At least <paramref name="count"/> elements on a 64-byte boundary, contents undefined. Valid until the next request for the
    /// same purpose.
    /// </summary>
    public T* Get<T>(Purpose purpose, long count) where T : unmanaged
    {
        ref byte[] block = ref _blocks[(int)purpose];
        int bytes = checked((int)(count * sizeof(T)) + Alignment);
        if (block.Length < bytes)
            block = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);
        // Pinned arrays do not move: the address stays valid as long as _blocks holds the array.
        nint address = System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(block, 0);
        return (T*)((address + Alignment - 1) & ~(Alignment - 1));
    }
}
