using System.Text.Json;
using Xunit;

namespace NativeOpt.PackageTests;

/// <summary>The command as a tool of dotnet.</summary>
[Collection(PackedFeedUsers.Name)]
public class ToolTests(PackedFeed feed)
{
    [SkippableFact]
    public void InstalledTool_TrainsOnTheNativeLibraryItBrings()
    {
        PackedFeed.RequireNative();
        string folder = feed.Subfolder("tool"), program = Path.Combine(folder, "nativeopt");
        feed.RunDotnet(folder, "tool", "install", "NativeOpt.Cli", "--version", feed.Version, "--tool-path", folder);

        using JsonDocument info = JsonDocument.Parse(feed.RunProgram(program, "info", "--json"));
        string results = feed.Subfolder("comparison");
        string compared = feed.RunProgram(
            program, "compare", "--dataset", "digits", "--epochs", "2", "--optimizers", "sgd,adam", "--output", results);

        Assert.Equal("native", info.RootElement.GetProperty("backend").GetString());
        Assert.StartsWith(folder, info.RootElement.GetProperty("libraryPath").GetString(), StringComparison.Ordinal);
        Assert.Contains("adam", compared, StringComparison.Ordinal);
        Assert.All(new[] { "report.html", "history.csv", "results.json" }, file => Assert.True(File.Exists(Path.Combine(results, file))));
    }
}
