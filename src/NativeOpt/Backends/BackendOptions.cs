using NativeOpt.Interop;

namespace NativeOpt.Backends;

/// <summary>How a backend is opened. The managed one takes no notice of the instruction set and the matrix product.</summary>
internal sealed record BackendOptions
{
    /// <summary>Threads that share one operation; null: <see cref="NativeOptRuntime.ThreadCount"/>.</summary>
    public int? Threads { get; init; }

    /// <summary>Instruction set of the native kernels.</summary>
    public NoptIsa Isa { get; init; }

    /// <summary>Matrix product of the native kernels.</summary>
    public NoptGemm Gemm { get; init; }
}
