using System.Text.RegularExpressions;
using NativeOpt.Tests.Bindings;
using Xunit;

namespace NativeOpt.Tests.Documents;

/// <summary>Guides show code that is compiled and run.</summary>
public partial class GuideExamplesTests
{
    [Theory]
    [InlineData("src/NativeOpt/Data/README.md", "tests/NativeOpt.Tests/Documents/DataGuideExamples.cs", 5)]
    [InlineData("src/NativeOpt/Callbacks/README.md", "tests/NativeOpt.Tests/Documents/CallbackGuideExamples.cs", 4)]
    [InlineData("src/NativeOpt/Files/README.md", "tests/NativeOpt.Tests/Documents/FileGuideExamples.cs", 3)]
    [InlineData("src/NativeOpt/MovingFromKeras.md", "tests/NativeOpt.Tests/Documents/KerasGuideExamples.cs", 4)]
    [InlineData("src/NativeOpt/MovingFromPyTorch.md", "tests/NativeOpt.Tests/Documents/PyTorchGuideExamples.cs", 4)]
    [InlineData("src/NativeOpt/Runtime/README.md", "tests/NativeOpt.Tests/Documents/RuntimeGuideExamples.cs", 2)]
    [InlineData("src/NativeOpt/Training/Performance.md", "tests/NativeOpt.Tests/Documents/PerformanceGuideExamples.cs", 4)]
    [InlineData("src/NativeOpt/Layers/README.md", "tests/NativeOpt.Tests/Documents/LayerGuideExamples.cs", 2)]
    [InlineData("src/NativeOpt/Layers/Activations.md", "tests/NativeOpt.Tests/Documents/LayerGuideExamples.cs", 2)]
    [InlineData("src/NativeOpt/Initializers/README.md", "tests/NativeOpt.Tests/Documents/LayerGuideExamples.cs", 3)]
    [InlineData("src/NativeOpt/Regularization/README.md", "tests/NativeOpt.Tests/Documents/LayerGuideExamples.cs", 1)]
    [InlineData("src/NativeOpt/Losses/README.md", "tests/NativeOpt.Tests/Documents/LossGuideExamples.cs", 3)]
    [InlineData("src/NativeOpt/Schedules/README.md", "tests/NativeOpt.Tests/Documents/ScheduleGuideExamples.cs", 6)]
    [InlineData("src/NativeOpt/Optimizers/README.md", "tests/NativeOpt.Tests/Documents/OptimizerGuideExamples.cs", 4)]
    [InlineData("src/NativeOpt/Optimizers/CustomRule.md", "tests/NativeOpt.Tests/Documents/CustomRuleGuideExamples.cs", 4)]
    public void Examples_OfAGuide_AreTheTextThatIsCompiled(string guide, string code, int count)
    {
        string compiled = WithoutIndentation(Read(code));
        string[] examples = [.. CSharpBlock().Matches(Read(guide)).Select(block => block.Groups["code"].Value)];

        Assert.Equal(count, examples.Length);
        Assert.All(examples, example => Assert.Contains(WithoutIndentation(example), compiled, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("src/NativeOpt/Data/README.md")]
    [InlineData("src/NativeOpt/Callbacks/README.md")]
    [InlineData("src/NativeOpt/MovingFromKeras.md")]
    [InlineData("src/NativeOpt/MovingFromPyTorch.md")]
    [InlineData("src/NativeOpt/Runtime/README.md")]
    [InlineData("src/NativeOpt/Training/Performance.md")]
    [InlineData("src/NativeOpt/Files/README.md")]
    public void Links_OfAGuide_PointToFilesOfTheTree(string guide) => Assert.All(
        Link().Matches(Read(guide)).Select(link => link.Groups["target"].Value),
        target => Assert.True(Path.Exists(RepositoryFiles.At(Path.Combine(Path.GetDirectoryName(guide)!, target))), target));

    // A checkout on Windows may have other line ends.
    private static string Read(string path) => File.ReadAllText(RepositoryFiles.At(path)).ReplaceLineEndings("\n");

    private static string WithoutIndentation(string code) =>
        string.Join('\n', code.Split('\n').Select(line => line.Trim()));

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex(@"\]\((?<target>[^)\s#:]+)\)")]
    private static partial Regex Link();
}
