using System.Runtime.InteropServices;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Bindings;

/// <summary>
/// The native library as built, opened by path: these tests judge the file itself, so a library that was built from another header
/// fails them, where the loader would refuse it and tests that ask for the native backend would be skipped.
/// </summary>
internal static class BuiltLibrary
{
    /// <summary>The library's path; skips the test by name where it has not been built.</summary>
    public static string RequirePath()
    {
        string built = Path.Combine(
            AppContext.BaseDirectory, "runtimes", NativeLibraryProbe.RuntimeIdentifier, "native", NativeLibraryProbe.FileName);
        string path = Environment.GetEnvironmentVariable(NativeLibraryProbe.Variable) is { Length: > 0 } chosen ? chosen : built;
        Skip.IfNot(File.Exists(path), $"native library absent: there is no {path}");
        return path;
    }

    /// <summary>A function of the library.</summary>
    public static nint Function(string name) => NativeLibrary.GetExport(NativeLibrary.Load(RequirePath()), name);
}
