using System.Runtime.InteropServices;

namespace NativeOpt.Interop;

/// <summary>
/// A context of the native library. Each call holds a reference, so closing during a call waits for its end, and a call after
/// closing is an <see cref="ObjectDisposedException"/>. Contexts and buffers may be released in any order.
/// </summary>
internal sealed unsafe class ContextHandle : SafeHandle
{
    // The id has 64 bits on every platform; the base class' handle has the width of a pointer and only says "open".
    private readonly ulong _context;

    private ContextHandle(ulong context) : base(0, ownsHandle: true)
    {
        _context = context;
        SetHandle(1);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Opens a context. The library must have been loaded.</summary>
    /// <exception cref="NativeOptException">The options cannot be had.</exception>
    public static ContextHandle Create(int threadCount, NoptIsa isa, NoptGemm gemm)
    {
        var options = new NoptContextOptions
        {
            StructSize = (uint)sizeof(NoptContextOptions),
            ThreadCount = threadCount,
            Isa = (int)isa,
            Gemm = (int)gemm,
        };
        ulong context;
        NativeStatus.ThrowIfFailed(NativeMethods.nopt_context_create(&options, &context));
        return new ContextHandle(context);
    }

    /// <summary>Runs operations.</summary>
    public void Run(NoptOp* ops, long count)
    {
        bool added = false;
        DangerousAddRef(ref added);
        try
        {
            NativeStatus.ThrowIfFailed(NativeMethods.nopt_plan_run(_context, ops, count));
        }
        finally
        {
            DangerousRelease();
        }
    }

    /// <summary>What the context uses.</summary>
    public (int ThreadCount, string Isa) Describe()
    {
        bool added = false;
        DangerousAddRef(ref added);
        try
        {
            var info = new NoptContextInfo { StructSize = (uint)sizeof(NoptContextInfo) };
            NativeStatus.ThrowIfFailed(NativeMethods.nopt_context_info_get(_context, &info));
            return (info.ThreadCount, NativeText.Read(info.IsaName));
        }
        finally
        {
            DangerousRelease();
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => NativeMethods.nopt_context_destroy(_context) == (int)NoptStatusCode.Ok;
}
