using System.Runtime.InteropServices;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Loading;

/// <summary>What a user reads when the native library cannot be loaded.</summary>
public sealed class NativeLibraryProbeTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("nativeopt-probe-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Run_WithAChosenFileThatIsAbsent_NamesTheVariableAndThePath()
    {
        string path = Path.Combine(_directory.FullName, "absent.so");

        NativeLibraryLoad load = NativeLibraryProbe.Run(path, _directory.FullName);

        Assert.False(load.IsLoaded);
        Assert.Equal($"NATIVEOPT_LIBRARY is '{path}', which cannot be loaded", load.Failure);
        Assert.Equal([$"NATIVEOPT_LIBRARY: {path}: no such file"], load.Trace);
    }

    [SkippableFact]
    public void Run_WithAChosenFileThatIsNoLibrary_KeepsTheLoadersOwnWords()
    {
        string path = Path.Combine(_directory.FullName, "text.so");
        File.WriteAllText(path, "not a library");

        NativeLibraryLoad load = NativeLibraryProbe.Run(path, _directory.FullName);

        Assert.False(load.IsLoaded);
        string line = Assert.Single(load.Trace);
        Assert.StartsWith($"NATIVEOPT_LIBRARY: {path}: ", line, StringComparison.Ordinal);
        Assert.Contains(line, load.Explain(), StringComparison.Ordinal);
        Skip.IfNot(OperatingSystem.IsLinux(), "the words of the loader are those of Linux");
        Assert.Contains("file too short", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithAForeignLibrary_SaysThatItIsNotOurs()
    {
        // Any library will do; the runtime brings one on every platform.
        string foreign = Directory.EnumerateFiles(RuntimeEnvironment.GetRuntimeDirectory(), "*System.Native.*").First();

        NativeLibraryLoad load = NativeLibraryProbe.Run(foreign, _directory.FullName);

        Assert.False(load.IsLoaded);
        Assert.Contains("is not NativeOpt: it has no nopt_abi_version", Assert.Single(load.Trace), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("libnativeopt.so")]
    [InlineData("./libnativeopt.so")]
    [InlineData("artifacts/libnativeopt.so")]
    public void Run_WithARelativePath_RefusesIt(string path)
    {
        NativeLibraryLoad load = NativeLibraryProbe.Run(path, _directory.FullName);

        Assert.False(load.IsLoaded);
        Assert.StartsWith($"NATIVEOPT_LIBRARY is '{path}'; it must be a full path", load.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithNothingChosenAndNothingThere_ListsEveryPlace()
    {
        NativeLibraryLoad load = NativeLibraryProbe.Run(null, _directory.FullName, "nativeopt-absent");

        string file = OperatingSystem.IsWindows() ? "nativeopt-absent.dll" : "libnativeopt-absent.";
        Assert.Contains(file, load.Failure, StringComparison.Ordinal);
        Assert.Equal(3, load.Trace.Count);
        Assert.StartsWith("default probing: ", load.Trace[0], StringComparison.Ordinal);
        Assert.Contains(file, load.Trace[0], StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_directory.FullName, "runtimes", NativeLibraryProbe.RuntimeIdentifier, "native", file), load.Trace[1],
            StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_directory.FullName, file), load.Trace[2], StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Run_WithTheRealLibraryChosen_LoadsIt()
    {
        TestBackends.RequireNative();
        string path = NativeLibraryLoader.Result.Path!;

        NativeLibraryLoad load = NativeLibraryProbe.Run(path, _directory.FullName);

        Assert.True(load.IsLoaded, load.Failure);
        Assert.Equal(path, load.Path);
        Assert.Equal($"NATIVEOPT_LIBRARY: {path}: loaded", Assert.Single(load.Trace));
    }
}
