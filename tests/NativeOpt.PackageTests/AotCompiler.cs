using System.Runtime.InteropServices;
using NativeOpt.Tests;

namespace NativeOpt.PackageTests;

/// <summary>The compiler of NativeAOT: a package that the SDK chooses, and a linker.</summary>
internal static class AotCompiler
{
    public const string Absence = "NativeAOT is not installed";

    private static readonly Lazy<bool> Installed = new(() => HasLinker() && HasPackage());

    /// <summary>Whether both are there. Asked for the first time, the package is fetched with the user's own package sources.</summary>
    public static bool IsInstalled => Installed.Value;

    private static bool HasLinker() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")));

    private static bool HasPackage()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["empty.csproj"], $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier>
                <PublishAot>true</PublishAot>
              </PropertyGroup>
            </Project>
            """);
        return Dotnet.Try(Dotnet.Host, folder.Path, Dotnet.NoVariables, "restore", "-v", "quiet").ExitCode == 0;
    }
}
