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

    /// <summary>"native" or "managed".</summary>
    public static string Name(BackendKind backend) => backend.ToString().ToLowerInvariant();

    /// <summary>The native library knows the processor's name; elsewhere the system may.</summary>
    public static string Processor(RuntimeStatus status) => status.Backend == BackendKind.Native ? status.Processor : ProcessorName.Find();

    /// <summary>The machine as the report shows it.</summary>
    /// <param name="asked">The backend that was asked for.</param>
    public static MachineInfo Describe(BackendKind asked)
    {
        RuntimeStatus status = Status();
        bool native = asked != BackendKind.Managed && status.Backend == BackendKind.Native;
        bool blas = native && status.BlasVersion != "none";
        return new MachineInfo
        {
            Cpu = Processor(status),
            Processors = Environment.ProcessorCount,
            Backend = Name(native ? BackendKind.Native : BackendKind.Managed),
            BackendReason = asked == BackendKind.Managed ? "asked for with --backend managed" : status.Reason,
            InstructionSet = native ? status.InstructionSet : null,
            OpenBlasVersion = blas ? status.BlasVersion : null,
            OpenBlasCore = blas ? status.BlasCore : null,
            Threads = native ? status.ThreadCount : 1,
            OperatingSystem = RuntimeInformation.OSDescription,
            Architecture = Architecture,
            DotNet = Environment.Version.ToString(),
        };
    }
}
