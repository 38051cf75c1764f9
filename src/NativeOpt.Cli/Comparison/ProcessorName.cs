using System.Runtime.InteropServices;

namespace NativeOpt.Cli.Comparison;

/// <summary>The processor's own name where the native library cannot be asked.</summary>
internal static class ProcessorName
{
    private const string LinuxFile = "/proc/cpuinfo", LinuxKey = "model name";

    public static string Find()
    {
        try
        {
            string? line = File.Exists(LinuxFile)
                ? File.ReadLines(LinuxFile).FirstOrDefault(l => l.StartsWith(LinuxKey, StringComparison.Ordinal))
                : null;
            string? name = line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]
                ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
            return string.IsNullOrWhiteSpace(name) ? RuntimeInformation.ProcessArchitecture.ToString() : name.Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return RuntimeInformation.ProcessArchitecture.ToString();
        }
    }
}
