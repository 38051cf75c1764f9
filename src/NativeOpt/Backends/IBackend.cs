using NativeOpt.Interop;

namespace NativeOpt.Backends;

/// <summary>
/// Runs lists of operations: the native core, or its C# twin that interprets the same structs. An instance serves one thread
/// at a time, like the context behind it; whoever opens one owns it.
/// </summary>
internal unsafe interface IBackend : IDisposable
{
    /// <summary><see cref="BackendKind.Native"/> or <see cref="BackendKind.Managed"/>.</summary>
    BackendKind Kind { get; }

    /// <summary>For messages: "native, avx512, 2 threads".</summary>
    string Description { get; }

    /// <summary>Whether several threads may share an operation.</summary>
    bool IsParallel { get; }

    /// <summary>Whether arrays of this element type can be computed with (the native core: F32; the managed one also F64).</summary>
    bool Supports(NoptDtype dtype);

    /// <summary>Another backend with the same options, for another thread.</summary>
    IBackend OpenAnother();

    /// <summary>Id of the optimizer kernel of this name.</summary>
    /// <exception cref="NativeOptException">There is none.</exception>
    int FindOptimizer(string name);

    /// <summary>
    /// Runs <paramref name="count"/> operations in order, after all of them have been checked. Allocates nothing after the
    /// first call.
    /// </summary>
    /// <exception cref="NativeOptException">An argument is wrong; nothing has been written.</exception>
    void Run(NoptOp* ops, long count);
}
