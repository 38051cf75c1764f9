using System.Runtime.InteropServices;
using Xunit;

namespace NativeOpt.Tests.Bindings;

/// <summary>The native library as built, opened by path: these tests judge the file, not how the library is found.</summary>
internal static class BuiltLibrary
{
    /// <summary>The library's path; skips the test by name where it has not been built.</summary>
    public static string RequirePath()
    {
        string file = OperatingSystem.IsWindows() ? "nativeopt.dll" : OperatingSystem.IsMacOS() ? "libnativeopt.dylib" : "libnativeopt.so";
        string os = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        string rid = $"{os}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        string built = Path.Combine(AppContext.BaseDirectory, "runtimes", rid, "native", file);
        string path = Environment.GetEnvironmentVariable("NATIVEOPT_LIBRARY") is { Length: > 0 } chosen ? chosen : built;
        Skip.IfNot(File.Exists(path), $"the native library has not been built: no {path}");
        return path;
    }

    /// <summary>A function of the library.</summary>
    public static nint Function(string name) => NativeLibrary.GetExport(NativeLibrary.Load(RequirePath()), name);
}
