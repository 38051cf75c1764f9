using System.Numerics;
using System.Runtime.InteropServices;
using NativeOpt.Cli.Commands;

namespace NativeOpt.Cli.Comparison;

/// <summary>Describes where a comparison runs.</summary>
internal static class Machine
{
    /// <summary>"x64", "arm64".</summary>
    public static string Architecture { get; } = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>What the library says of itself.</summary>
    /// <exception cref="InputException">An environment variable asks for something that cannot be had.</exception>
    public static RuntimeStatus Status()
    {
        try
        {
            return NativeOptRuntime.Status;
        }
        catch (NativeOptException e)
        {
            throw new InputException(e.Message, e);
        }
    }

    /// <summary>Why the loaded library computes nothing: NOPT_ISA or NOPT_GEMM asks for what it has not; null if all is well.</summary>
    public static string? Problem(RuntimeStatus status) => status.IsUsable ? null : status.Reason;

    /// <summary>Threads that share the work of a step: the managed backend has but one.</summary>
    public static int Threads(RuntimeStatus status, bool native) => native ? status.ThreadCount : 1;

    /// <summary>"native" or "managed".</summary>
    public static string Name(BackendKind backend) => backend.ToString().ToLowerInvariant();

    /// <summary>The native library knows the processor's name; elsewhere the system may.</summary>
    public static string Processor(RuntimeStatus status) => status.Backend == BackendKind.Native ? status.Processor : ProcessorName.Find();

    /// <summary>The machine as the report shows it.</summary>
    /// <param name="asked">The backend that was asked for.</param>
    /// <exception cref="InputException">An environment variable asks for something that cannot be had.</exception>
    public static MachineInfo Describe(BackendKind asked)
    {
        RuntimeStatus status = Status();
        bool native = asked != BackendKind.Managed && status.Backend == BackendKind.Native;
        if (native && Problem(status) is { } problem)
            throw new InputException(problem);
        bool blas = native && status.BlasVersion != "none";
        return new MachineInfo
        {
            Cpu = Processor(status),
            Processors = Environment.ProcessorCount,
            Backend = Name(native ? BackendKind.Native : BackendKind.Managed),
            BackendReason = asked == BackendKind.Managed ? "asked for with --backend managed" : status.Reason,
            InstructionSet = native ? status.InstructionSet : $"vector{Vector<byte>.Count * 8}",
            OpenBlasVersion = blas ? status.BlasVersion : null,
            OpenBlasCore = blas ? status.BlasCore : null,
            Threads = Threads(status, native),
            OperatingSystem = RuntimeInformation.OSDescription,
            Architecture = Architecture,
            DotNet = Environment.Version.ToString(),
        };
    }
}
