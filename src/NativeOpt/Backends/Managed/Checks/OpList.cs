using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Checks;

/// <summary>Operations lie side by side in the size that the caller's header gives them.</summary>
internal readonly unsafe struct OpList(NoptOp* first, long count)
{
    private readonly NoptOp* _first = first;

    /// <summary>Number of operations.</summary>
    public long Count { get; } = count;

    /// <summary>One of them.</summary>
    public NoptOp* this[long index] => (NoptOp*)((byte*)_first + index * _first->StructSize);
}
