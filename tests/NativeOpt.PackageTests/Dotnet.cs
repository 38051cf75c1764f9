using System.Diagnostics;
using Xunit;

namespace NativeOpt.PackageTests;

/// <summary>Programs in processes of their own, without what the test run has set for itself.</summary>
internal static class Dotnet
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    // Settings of the test run, or of the machine, that would decide what is tested here.
    private static readonly string[] Unwanted =
        ["NATIVEOPT_LIBRARY", "NOPT_ISA", "NOPT_GEMM", "MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBuildLoadMicrosoftTargetsReadOnly"];

    /// <summary>Nothing that a program would not see anyway.</summary>
    public static readonly IReadOnlyDictionary<string, string> NoVariables = new Dictionary<string, string>();

    /// <summary>The dotnet that runs the tests.</summary>
    public static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs dotnet and expects it to succeed.</summary>
    /// <returns>Its standard output.</returns>
    public static string Run(string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments) =>
        Run(Host, folder, variables, arguments);

    /// <summary>Runs a program and expects it to succeed.</summary>
    /// <returns>Its standard output.</returns>
    public static string Run(string program, string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        (int exitCode, string output, string error) = Try(program, folder, variables, arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {exitCode}:\n{output}\n{error}");
        return output;
    }

    /// <summary>Runs a program; one that does not end is ended, and has no exit code of its own.</summary>
    public static (int ExitCode, string Output, string Error) Try(
        string program, string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in Unwanted)
            start.Environment.Remove(name);
        // No build server stays behind in a folder that goes away.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = start.Environment["DOTNET_NOLOGO"] = "1";
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            return (-1, output.Result, $"{error.Result}\nit has not ended after {Patience}");
        }
        return (process.ExitCode, output.Result, error.Result);
    }
}
