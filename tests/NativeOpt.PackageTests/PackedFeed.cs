using System.Reflection;
using System.Runtime.InteropServices;
using NativeOpt.Tests;
using NativeOpt.Tests.Bindings;
using Xunit;

namespace NativeOpt.PackageTests;

/// <summary>
/// The packages as ./build.sh pack makes them, in a folder outside the source tree that is the only package source of what is built
/// below it. What they depend on comes from the packages that this user has already restored.
/// </summary>
public sealed class PackedFeed : IDisposable
{
    /// <summary>What somebody asks for by name.</summary>
    public static readonly string[] Ids = ["NativeOpt.Native", "NativeOpt", "NativeOpt.Cli"];

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _variables;

    public PackedFeed()
    {
        // Where a restore unpacks to, and where dotnet keeps what it builds for a single file: never the user's own folders.
        _variables = new Dictionary<string, string>
        {
            ["NUGET_PACKAGES"] = Subfolder("packages"),
            ["XDG_DATA_HOME"] = Subfolder("data"),
            ["DOTNET_BUNDLE_EXTRACT_BASE_DIR"] = Subfolder("extracted"),
        };
        if (!HasNativeLibrary)
            return;
        Pack("NativeOpt.Native", "--no-build");
        Pack("NativeOpt", "--no-build");
        // With machine code where its compiler can be had, which takes a build of its own.
        if (!TryPack("NativeOpt.Cli", "-p:CompileAhead=true").IsPacked)
            Pack("NativeOpt.Cli", "--no-build");
        LinkRestoredPackages();
        File.WriteAllText(_folder["nuget.config"], """
            <configuration>
              <packageSources><clear /><add key="feed" value="feed" /></packageSources>
              <fallbackPackageFolders><clear /><add key="restored" value="restored" /></fallbackPackageFolders>
              <auditSources><clear /></auditSources>
            </configuration>
            """);
    }

    /// <summary>Whether there is a native library for this system to pack.</summary>
    public static bool HasNativeLibrary =>
        Directory.Exists(RepositoryFiles.At($"artifacts/runtimes/{RuntimeInformation.RuntimeIdentifier}/native"));

    /// <summary>Of all packages.</summary>
    public string Version => Path.GetFileNameWithoutExtension(Files.Single(file => Path.GetFileName(file).StartsWith(
        "NativeOpt.Native.", StringComparison.Ordinal)))["NativeOpt.Native.".Length..];

    /// <summary>The packages.</summary>
    public string[] Files => Directory.GetFiles(Subfolder("feed"), "*.nupkg");

    /// <summary>Skips the test where there is nothing to pack.</summary>
    public static void RequireNative() =>
        Skip.IfNot(HasNativeLibrary, $"native library absent: no artifacts/runtimes/{RuntimeInformation.RuntimeIdentifier}");

    /// <summary>The file of a package.</summary>
    public string FileOf(string id) => Path.Combine(Subfolder("feed"), $"{id}.{Version}.nupkg");

    /// <summary>An empty folder that sees the feed.</summary>
    public string Subfolder(string name) => Directory.CreateDirectory(_folder[name]).FullName;

    /// <summary>Runs dotnet in a folder of the feed and expects it to succeed.</summary>
    /// <returns>Its standard output.</returns>
    public string RunDotnet(string folder, params string[] arguments) => Dotnet.Run(folder, _variables, arguments);

    /// <summary>Runs a program and expects it to succeed.</summary>
    /// <returns>Its standard output.</returns>
    public string RunProgram(string program, params string[] arguments) =>
        Dotnet.Run(program, Path.GetDirectoryName(program)!, _variables, arguments);

    public void Dispose() => _folder.Dispose();

    private void Pack(string id, string option)
    {
        (bool isPacked, string output) = TryPack(id, option);
        Assert.True(isPacked, output);
    }

    private (bool IsPacked, string Output) TryPack(string id, string option)
    {
        string configuration = typeof(PackedFeed).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        (int exitCode, string output, _) = Dotnet.Try(Dotnet.Host, _folder.Path, Dotnet.NoVariables,
            "pack", RepositoryFiles.At($"src/{id}/{id}.csproj"), option, "-c", configuration, "-o", Subfolder("feed"), "-v", "quiet");
        return (exitCode == 0, output);
    }

    // Without any NativeOpt that may be among them: what is tested is what was packed.
    private void LinkRestoredPackages()
    {
        string restored = Subfolder("restored");
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (string package in Directory.EnumerateDirectories(packages))
            if (!Path.GetFileName(package).StartsWith("nativeopt", StringComparison.OrdinalIgnoreCase))
                Directory.CreateSymbolicLink(Path.Combine(restored, Path.GetFileName(package)), package);
    }
}

/// <summary>The packages are packed once, and nothing else runs meanwhile.</summary>
[CollectionDefinition(Name)]
public sealed class PackedFeedUsers : ICollectionFixture<PackedFeed>
{
    public const string Name = "packed feed";
}
