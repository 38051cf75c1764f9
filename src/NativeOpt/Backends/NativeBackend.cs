using NativeOpt.Interop;

namespace NativeOpt.Backends;

/// <summary>The C++ core: a context and the calls on it.</summary>
internal sealed unsafe class NativeBackend : IBackend
{
    private readonly ContextHandle _context;
    private readonly (int ThreadCount, NoptIsa Isa, NoptGemm Gemm) _options;

    /// <summary>Opens a context; the library must have been loaded.</summary>
    public NativeBackend(int threadCount, NoptIsa isa, NoptGemm gemm)
    {
        _options = (threadCount, isa, gemm);
        _context = ContextHandle.Create(threadCount, isa, gemm);
        (int threads, string name) = _context.Describe();
        IsParallel = threads > 1;
        Description = $"native, {name}, {threads} {(threads == 1 ? "thread" : "threads")}";
    }

    /// <inheritdoc/>
    public BackendKind Kind => BackendKind.Native;

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public bool IsParallel { get; }

    /// <inheritdoc/>
    public bool Supports(NoptDtype dtype) => dtype == NoptDtype.F32;

    /// <inheritdoc/>
    public IBackend OpenAnother() => new NativeBackend(_options.ThreadCount, _options.Isa, _options.Gemm);

    /// <inheritdoc/>
    public int FindOptimizer(string name) => NativeLibraryInfo.FindOptimizer(name);

    /// <inheritdoc/>
    public void Run(NoptOp* ops, long count) => _context.Run(ops, count);

    /// <inheritdoc/>
    public void Dispose() => _context.Dispose();
}
