using System.Globalization;

namespace NativeOpt;

/// <summary>What does the arithmetic in this process, and why. A snapshot: it never changes.</summary>
public sealed record RuntimeStatus
{
    internal RuntimeStatus() { }

    /// <summary>The backend that <see cref="BackendKind.Auto"/> stands for.</summary>
    public required BackendKind Backend { get; init; }

    /// <summary>
    /// Whether it can be opened; false where the environment (NOPT_ISA, NOPT_GEMM) asks the native library for what it has not.
    /// <see cref="Reason"/> says which.
    /// </summary>
    public bool IsUsable { get; init; } = true;

    /// <summary>One sentence: why that one.</summary>
    public required string Reason { get; init; }

    /// <summary>The file of the native library; null where it is not loaded.</summary>
    public string? LibraryPath { get; init; }

    /// <summary>"major.minor.patch" of the native library; null where it is not loaded.</summary>
    public string? LibraryVersion { get; init; }

    /// <summary>Version of the C interface this assembly was built for; a native library must have the same.</summary>
    public required int AbiVersion { get; init; }

    /// <summary>
    /// Instruction set in use: "scalar", "sse4", "avx2", "avx512" or "neon" for the native backend, "vector256" and the like (the
    /// width in bits) for the managed one.
    /// </summary>
    public required string InstructionSet { get; init; }

    /// <summary>The processor's name for itself, or its architecture where the native library is not loaded.</summary>
    public required string Processor { get; init; }

    /// <summary>"OpenBLAS 0.3.21", or "none".</summary>
    public required string BlasVersion { get; init; }

    /// <summary>Kernels that OpenBLAS chose for this processor, such as "SkylakeX", or "none".</summary>
    public required string BlasCore { get; init; }

    /// <summary>"pthread", or "none".</summary>
    public required string BlasThreading { get; init; }

    /// <summary>Threads that models opened from now on use: <see cref="NativeOptRuntime.ThreadCount"/>.</summary>
    public required int ThreadCount { get; init; }

    /// <summary>Each place where the native library was looked for and what came of it, in order.</summary>
    public required IReadOnlyList<string> LoadTrace { get; init; }

    /// <summary>"Native 0.1.0, avx2, 4 threads: the native library is loaded".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Backend}{(LibraryVersion is null ? "" : $" {LibraryVersion}")}, {InstructionSet}, {ThreadCount} "
        + $"{(ThreadCount == 1 ? "thread" : "threads")}: {Reason}");
}
