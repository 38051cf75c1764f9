using System.Diagnostics;
using System.Globalization;
using NativeOpt.Cli.Commands;

namespace NativeOpt.Tests.Cli;

/// <summary>Runs the command in a process of its own.</summary>
internal static class CliProcess
{
    public static async Task<(int ExitCode, string Error)> Run(Process process)
    {
        (int exitCode, _, string error) = await RunAll(process);
        return (exitCode, error);
    }

    public static async Task<(int ExitCode, string Output, string Error)> RunAll(Process process)
    {
        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            string error = await process.StandardError.ReadToEndAsync();
            string text = await output;
            await process.WaitForExitAsync();
            return (process.ExitCode, text, error);
        }
    }

    public static Process Start((string Name, string Value) variable, params string[] arguments) =>
        StartFile(typeof(CommandLine).Assembly.Location, arguments, variable);

    public static Process Start(params string[] arguments) => StartFile(typeof(CommandLine).Assembly.Location, arguments);

    public static Process StartFile(string program, string[] arguments, (string Name, string Value)? variable = null)
    {
        // A test run that a script put into the background ignores SIGINT, and its children would inherit that.
        string[] words = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet", program] : ["dotnet", program];
        var start = new ProcessStartInfo(words[0], [.. words.Skip(1), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("NATIVEOPT_LIBRARY");
        if (variable is var (name, value))
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public static void Send(string signal, Process process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
