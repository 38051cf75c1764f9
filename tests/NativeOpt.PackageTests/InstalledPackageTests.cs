using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Xunit;

namespace NativeOpt.PackageTests;

/// <summary>A project that knows only the package trains with the native library, however it is published.</summary>
[Collection(PackedFeedUsers.Name)]
public partial class InstalledPackageTests(PackedFeed feed)
{
    private const string Program = """
        using NativeOpt;

        NativeOptRuntime.RequireNative();
        InMemoryDataset moons = Datasets.MakeMoons(500, noise: 0.1, seed: 42);
        using var model = new Sequential(seed: 1) { new Dense(16, "relu", inputShape: 2), new Dense(2, "softmax") };
        model.Compile(new Adam { LearningRate = 0.03 }, "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        model.Fit(moons, epochs: 20, batchSize: 32);
        string saved = Path.Combine(AppContext.BaseDirectory, "moons.model");
        model.Save(saved);
        using Sequential loaded = Sequential.Load(saved);
        Console.WriteLine($"backend: {NativeOptRuntime.Status.Backend}");
        Console.WriteLine($"library: {NativeOptRuntime.Status.LibraryPath}");
        Console.WriteLine(FormattableString.Invariant($"accuracy: {loaded.Evaluate(moons).Accuracy}"));
        """;

    private static readonly string Rid = RuntimeInformation.RuntimeIdentifier;

    [SkippableFact]
    public void FrameworkDependent_RunsOnTheNativeLibraryOfThePackage()
    {
        string folder = CreateProject("dependent");

        string output = feed.RunDotnet(folder, "run", "-c", "Release");

        AssertTrained(output, Path.Combine(folder, "bin"));
    }

    [SkippableFact]
    public void SingleFile_RunsOnTheLibraryBesideIt()
    {
        string folder = CreateProject("single");

        string output = Publish(folder, "-p:PublishSingleFile=true", "--no-self-contained");

        AssertTrained(output, Path.Combine(folder, "out"));
        Assert.Equal(["app", "libnativeopt.so", "moons.model"], NamesIn(Path.Combine(folder, "out")));
    }

    [SkippableFact]
    public void SingleFileWithTheLibraryInside_RunsOnWhatItExtracts()
    {
        string folder = CreateProject("one");

        string output = Publish(
            folder, "-p:PublishSingleFile=true", "-p:IncludeNativeLibrariesForSelfExtract=true", "--no-self-contained");

        AssertTrained(output, feed.Subfolder("extracted"));
        Assert.Equal(["app", "moons.model"], NamesIn(Path.Combine(folder, "out")));
    }

    [SkippableFact]
    public void NativeAot_PublishesWithoutWarningsAndRunsOnTheLibraryBesideIt()
    {
        Skip.IfNot(AotCompiler.IsInstalled, AotCompiler.Absence);
        string folder = CreateProject("aot");

        string output = Publish(folder, "-p:PublishAot=true", "-p:TreatWarningsAsErrors=true");

        AssertTrained(output, Path.Combine(folder, "out"));
        Assert.DoesNotContain("NativeOpt.dll", NamesIn(Path.Combine(folder, "out")));
    }

    private static void AssertTrained(string output, string libraryFolder)
    {
        Match result = Result().Match(output);
        Assert.True(result.Success, output);
        Assert.Equal("Native", result.Groups["backend"].Value);
        Assert.StartsWith(libraryFolder + Path.DirectorySeparatorChar, result.Groups["library"].Value, StringComparison.Ordinal);
        Assert.InRange(double.Parse(result.Groups["accuracy"].Value, CultureInfo.InvariantCulture), 0.95, 1);
    }

    private string CreateProject(string name)
    {
        PackedFeed.RequireNative();
        string folder = feed.Subfolder(name);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Program);
        File.WriteAllText(Path.Combine(folder, "app.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <DebugType>embedded</DebugType>
                <StripSymbols>false</StripSymbols>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="NativeOpt" Version="{feed.Version}" />
              </ItemGroup>
            </Project>
            """);
        return folder;
    }

    /// <summary>Publishes for this system and runs what comes out.</summary>
    private string Publish(string folder, params string[] options)
    {
        feed.RunDotnet(folder, ["publish", "-r", Rid, "-o", "out", .. options]);
        return feed.RunProgram(Path.Combine(folder, "out", "app"));
    }

    private static string[] NamesIn(string folder) =>
        [.. Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"backend: (?<backend>\w+)\s+library: (?<library>.+?)\s+accuracy: (?<accuracy>[0-9.]+)")]
    private static partial Regex Result();
}
