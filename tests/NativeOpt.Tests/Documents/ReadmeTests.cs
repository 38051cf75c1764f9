using System.Text.RegularExpressions;
using NativeOpt.Tests.Bindings;
using Xunit;

namespace NativeOpt.Tests.Documents;

/// <summary>What the guides show and point to is there.</summary>
public partial class ReadmeTests
{
    private const string Readme = "README.md";

    [Fact]
    public void Example_IsTheTextThatIsCompiledAsATest()
    {
        string example = CSharpBlock().Match(Read(Readme)).Groups["code"].Value;
        string compiled = Dedent(Read("tests/NativeOpt.Tests/QuickStartExample.cs"));

        string[] parts = example.Split("using NativeOpt;\n\n", 2);

        Assert.Equal(2, parts.Length);
        Assert.InRange(parts[1].Count(character => character == '\n'), 10, 25);
        Assert.Contains(parts[1], compiled, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Readme)]
    [InlineData("CONTRIBUTING.md")]
    public void Links_PointToFilesOfTheTree(string document)
    {
        IEnumerable<string> targets = Link().Matches(Read(document)).Select(link => link.Groups["target"].Value)
            .Where(target => !target.StartsWith("http", StringComparison.Ordinal) && !target.StartsWith('#'));

        Assert.All(targets, target => Assert.True(Path.Exists(RepositoryFiles.At(target)), $"{document} points to {target}"));
    }

    // A checkout on Windows may have other line ends.
    private static string Read(string path) => File.ReadAllText(RepositoryFiles.At(path)).ReplaceLineEndings("\n");

    /// <summary>Takes the indentation of a method's body off.</summary>
    private static string Dedent(string code) => Indentation().Replace(code, "");

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex(@"\]\((?<target>[^)\s#]+)[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex("^ {8}", RegexOptions.Multiline)]
    private static partial Regex Indentation();
}
