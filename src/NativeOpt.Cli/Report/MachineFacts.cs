using NativeOpt.Cli.Comparison;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Report;

/// <summary>Where the numbers of a report were computed.</summary>
internal static class MachineFacts
{
    /// <summary>"native backend, avx512, OpenBLAS 0.3.21 (SkylakeX), 2 threads".</summary>
    public static string Backend(MachineInfo machine)
    {
        string set = machine.InstructionSet is { } isa ? $", {isa}" : "";
        string blas = machine.OpenBlasVersion is { } version ? $", {version} ({machine.OpenBlasCore})" : "";
        return $"{machine.Backend} backend{set}{blas}, {(machine.Threads == 1 ? "1 thread" : $"{machine.Threads} threads")}";
    }

    /// <summary>A line for below the heading.</summary>
    public static string Line(MachineInfo machine) => $"{machine.Cpu} \u00b7 {Backend(machine)} \u00b7 .NET {machine.DotNet}";

    /// <summary>Entries of a list.</summary>
    public static IEnumerable<(string Name, string Value)> Of(MachineInfo machine)
    {
        yield return ("Processor", machine.Cpu);
        yield return ("Processors", Count(machine.Processors));
        yield return ("Backend", $"{machine.Backend}: {machine.BackendReason}");
        if (machine.InstructionSet is { } isa)
            yield return ("Instruction set", isa);
        if (machine.OpenBlasVersion is { } version)
            yield return ("Matrix products", $"{version}, {machine.OpenBlasCore} kernels");
        yield return ("Threads", Count(machine.Threads));
        yield return ("System", $"{machine.OperatingSystem}, {machine.Architecture}");
        yield return (".NET", machine.DotNet);
    }
}
