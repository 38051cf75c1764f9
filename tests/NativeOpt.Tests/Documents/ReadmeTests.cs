using System.Text.RegularExpressions;
using NativeOpt.Tests.Bindings;
using Xunit;

namespace NativeOpt.Tests.Documents;

/// <summary>What the guides point to is there. The README's first example is run by NativeOpt.PackageTests.</summary>
public partial class ReadmeTests
{
    private const string Readme = "README.md";

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

    [GeneratedRegex(@"\]\((?<target>[^)\s#]+)[^)]*\)")]
    private static partial Regex Link();
}
