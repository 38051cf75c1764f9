using System.CommandLine;
using System.Runtime.InteropServices;
using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Display;
using NativeOpt.Cli.Output;

namespace NativeOpt.Cli.Commands;

/// <summary>`nativeopt info`: what runs here and why.</summary>
internal static class InfoCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "The same as JSON" };
        const string Description = "Shows versions, the backend and why it was chosen, instruction set, OpenBLAS and threads.";
        var command = new Command("info", Description) { json };
        command.SetAction(parsed =>
        {
            RuntimeInfo info = Collect();
            if (parsed.GetValue(json))
                terminal.Output.WriteLine(InfoJson.Write(info));
            else
                WriteText(info, terminal.Output);
            return ExitCode.Success;
        });
        return command;
    }

    private static RuntimeInfo Collect()
    {
        RuntimeStatus status = Machine.Status();
        return new RuntimeInfo
        {
            Version = ProductVersion.Text,
            AbiVersion = status.AbiVersion,
            Backend = Machine.Name(status.Backend),
            Reason = status.Reason,
            IsUsable = Machine.Problem(status) is null,
            LibraryPath = status.LibraryPath,
            LibraryVersion = status.LibraryVersion,
            InstructionSet = status.InstructionSet,
            Processor = Machine.Processor(status),
            Processors = Environment.ProcessorCount,
            Threads = Machine.Threads(status, status.Backend == BackendKind.Native),
            OpenBlasVersion = status.BlasVersion,
            OpenBlasCore = status.BlasCore,
            OpenBlasThreading = status.BlasThreading,
            OperatingSystem = RuntimeInformation.OSDescription,
            Architecture = Machine.Architecture,
            DotNet = Environment.Version.ToString(),
            LoadTrace = [.. status.LoadTrace.Select(place => place.TrimEnd(';', ' '))],
        };
    }

    /// <summary>The kernels are ours to choose unless the environment has done so.</summary>
    private static string ChosenBy() =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OPENBLAS_CORETYPE")) ? "" : " (by OPENBLAS_CORETYPE)";

    private static void WriteText(RuntimeInfo info, TextWriter output)
    {
        void Line(string name, string value) => output.WriteLine($"{name,-18}{value}");
        Line("NativeOpt", $"{info.Version}, ABI {info.AbiVersion}");
        if (info.IsUsable)
            Line("backend", $"{info.Backend}: {info.Reason}");
        else
            Line("backend", $"{info.Backend}, but nothing can be trained with it");
        if (!info.IsUsable)
            Line("problem", info.Reason);
        if (info.LibraryPath is not null)
            Line("library", $"{info.LibraryPath} ({info.LibraryVersion})");
        Line("instruction set", info.InstructionSet);
        Line("processor", $"{info.Processor} ({info.Processors} usable)");
        Line("OpenBLAS", info.OpenBlasVersion == "none"
            ? "none" : $"{info.OpenBlasVersion}, {info.OpenBlasCore} kernels{ChosenBy()}, {info.OpenBlasThreading} threading");
        Line("threads", $"{info.Threads}");
        Line("system", $"{info.OperatingSystem}, {info.Architecture}, .NET {info.DotNet}");
        if (info.LibraryPath is not null)
            return;
        output.WriteLine("looked for the native library in");
        // The loader's own words name many paths in one sentence: one a line is easier to read.
        foreach (string place in info.LoadTrace)
            output.WriteLine($"  {string.Join($"{Environment.NewLine}    ", place.Split("; ", StringSplitOptions.RemoveEmptyEntries))}");
    }
}
