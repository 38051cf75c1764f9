using System.Globalization;
using System.Text.RegularExpressions;
using NativeOpt.Tests.Bindings;
using Xunit;

namespace NativeOpt.PackageTests;

/// <summary>The first example of the README is a program of one file.</summary>
[Collection(PackedFeedUsers.Name)]
public partial class ReadmeExampleTests(PackedFeed feed)
{
    private static readonly string Example = FirstExample().Match(
        File.ReadAllText(RepositoryFiles.At("README.md")).ReplaceLineEndings("\n")).Groups["code"].Value;

    [Fact]
    public void Example_IsShort() => Assert.InRange(Example.Count(character => character == '\n'), 10, 25);

    [SkippableFact]
    public void Example_TrainsADigitsClassifierAbove90Percent()
    {
        PackedFeed.RequireNative();
        string folder = feed.Subfolder("readme");
        // The SDK fetches the compiler of NativeAOT for single files, although it runs them without: not where that cannot be had.
        string setting = AotCompiler.IsInstalled ? "" : "#:property PublishAot=false\n";
        File.WriteAllText(Path.Combine(folder, "train.cs"), setting + Example);

        string output = feed.RunDotnet(folder, "run", "train.cs");

        Match report = Report().Match(output);
        Assert.True(report.Success, output);
        Assert.True(Number("last") < Number("first"), output);
        Assert.InRange(Number("accuracy"), 90, 100);
        Assert.InRange(Number("zero"), 0, 1);

        double Number(string name) => double.Parse(report.Groups[name].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("```csharp\n(?<code>#:package NativeOpt@.*?)```", RegexOptions.Singleline)]
    private static partial Regex FirstExample();

    [GeneratedRegex(@"loss (?<first>\S+) -> (?<last>\S+), test accuracy (?<accuracy>\S+) ?%, P\(first test picture is a 0\) = (?<zero>\S+)")]
    private static partial Regex Report();
}
