using System.Text.RegularExpressions;
using NativeOpt.Cli.Commands;
using NativeOpt.Tests.Bindings;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>What src/NativeOpt.Cli/README.md says, the command does.</summary>
public sealed partial class CliGuideTests : IDisposable
{
    private static readonly string Guide = File.ReadAllText(RepositoryFiles.At("src/NativeOpt.Cli/README.md")).ReplaceLineEndings("\n");

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Recipes => [.. JsonBlock().Matches(Guide).Select(block => block.Groups[1].Value)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Recipes))]
    public void ARecipe_TrainsAsItStands(string recipe)
    {
        string table = Tables.WriteIris(_folder);
        string path = Tables.Write(_folder, "recipe.json", recipe.Replace("iris.csv", table, StringComparison.Ordinal));

        Cli.Outcome outcome = Cli.Run("train", "--recipe", path, "--epochs", "2", "--output", _folder["out"]);

        Assert.Equal(("", ExitCode.Success), (outcome.Error, outcome.ExitCode));
    }

    [Fact]
    public void Options_AreThoseOfTheirCommands()
    {
        foreach (string line in ExampleBlock().Matches(Guide).SelectMany(block => block.Groups[1].Value.Split('\n')))
        {
            if (CommandOf().Match(line) is not { Success: true } found)
                continue;
            string help = Cli.Run(found.Groups[1].Value, "--help").Output;
            IEnumerable<string> options = OptionOf().Matches(line).Select(option => option.Value);
            Assert.All(options, option => Assert.Contains(option, help, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void EveryCommand_IsInTheTable()
    {
        string help = Cli.Run("--help").Output.ReplaceLineEndings("\n");
        string commands = help[help.IndexOf("Commands:", StringComparison.Ordinal)..].Split("\n\n")[0];
        string[] names = [.. commands.Split('\n').Skip(1).Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' ')
            .Select(line => line.Trim().Split(' ')[0])];

        Assert.Contains("train", names);
        Assert.All(names, name => Assert.Matches($@"\| `{name}[ `]", Guide));
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();

    [GeneratedRegex("```\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ExampleBlock();

    [GeneratedRegex("nativeopt ([a-z-]+) ")]
    private static partial Regex CommandOf();

    [GeneratedRegex("--[a-z][a-z0-9-]+")]
    private static partial Regex OptionOf();
}
