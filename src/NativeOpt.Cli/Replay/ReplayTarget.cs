using NativeOpt.Backends;
using NativeOpt.Interop;

namespace NativeOpt.Cli.Replay;

/// <summary>What a case is replayed on.</summary>
/// <param name="Backend">Native or managed.</param>
/// <param name="Isa">Instruction set of the native kernels; the managed backend takes no notice of it.</param>
/// <param name="Dtype">F32, or F64 on the managed backend.</param>
internal sealed record ReplayTarget(BackendKind Backend, NoptIsa Isa, NoptDtype Dtype)
{
    /// <summary>The reference in double.</summary>
    public static ReplayTarget ManagedDouble { get; } = new(BackendKind.Managed, NoptIsa.Auto, NoptDtype.F64);

    /// <summary>The reference in float.</summary>
    public static ReplayTarget ManagedFloat { get; } = new(BackendKind.Managed, NoptIsa.Auto, NoptDtype.F32);

    /// <summary>Whether results have the precision of double.</summary>
    public bool IsDouble => Dtype == NoptDtype.F64;

    /// <summary>"float" or "double".</summary>
    public string Precision => IsDouble ? "double" : "float";

    /// <summary>"native avx2 float", "managed double".</summary>
    public string Name => Backend == BackendKind.Managed
        ? $"managed {Precision}"
        : $"native {(InstructionSet is { } isa ? isa + " " : "")}{Precision}";

    /// <summary>Name of the instruction set; null where it is the library's choice, and on the managed backend.</summary>
    public string? InstructionSet => Backend == BackendKind.Managed || Isa == NoptIsa.Auto ? null : NameOf(Isa);

    /// <summary>The native kernels of an instruction set.</summary>
    public static ReplayTarget Native(NoptIsa isa) => new(BackendKind.Native, isa, NoptDtype.F32);

    /// <summary>As the command line writes it: "avx2".</summary>
    public static string NameOf(NoptIsa isa) => isa.ToString().ToLowerInvariant();

    /// <summary>Opens the backend; the caller disposes it.</summary>
    public IBackend Open() => NativeOptRuntime.OpenBackend(Backend, new BackendOptions { Isa = Isa });
}
