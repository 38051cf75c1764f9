using System.Text.Json;
using NativeOpt.Cli.Commands;
using Xunit;

namespace NativeOpt.Tests.Cli;

public sealed class ReplayCommandTests
{
    private static readonly string Optimizers = Path.Combine(AppContext.BaseDirectory, "golden", "optimizers_pytorch.json");

    /// <summary>Content of a file, and what is said of it.</summary>
    public static TheoryData<string, string> Unusable => new()
    {
        { "{\"schema\": ", "line 1, byte 12: this is not JSON" },
        { "{\n  \"schema\": \"nativeopt-golden/1\",\n  cases\n}", "line 3, byte 3: this is not JSON" },
        { "[]", "the file is a list; it must be an object with schema, file and cases" },
        { "{}", "schema is missing; it must be \"nativeopt-golden/1\"" },
        { "{\"schema\": \"nativeopt-golden/2\"}", "schema is \"nativeopt-golden/2\"; it must be \"nativeopt-golden/1\"" },
        { "{\"schema\": \"nativeopt-golden/1\"}", "cases is missing" },
        { "{\"schema\": \"nativeopt-golden/1\", \"cases\": []}", "cases is empty" },
        { "{\"schema\": \"nativeopt-golden/1\", \"cases\": [{\"kind\": \"loss\"}]}", "cases[0] has no name" },
        { "{\"schema\": \"nativeopt-golden/1\", \"cases\": [{\"name\": \"a\"}]}", "cases[0] has no kind" },
        {
            "{\"schema\": \"nativeopt-golden/1\", \"cases\": [{\"name\": \"a\", \"kind\": \"x\"}, {\"name\": \"a\", \"kind\": \"x\"}]}",
            "cases[1] is called 'a', as another case before it"
        },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public void AFileThatCannotBeUsed_IsBadInputWithThePlace(string content, string complaint)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "recipe.json");
        File.WriteAllText(path, content);

        Cli.Outcome outcome = Cli.Run("replay", path);

        Assert.Equal((ExitCode.BadInput, ""), (outcome.ExitCode, outcome.Output));
        string line = Assert.Single(outcome.Error.TrimEnd().Split('\n'));
        Assert.StartsWith($"error: {path}: {complaint}", line, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNotThere_IsBadInput()
    {
        Cli.Outcome outcome = Cli.Run("replay", "/nowhere/recipe.json");

        Assert.Equal((ExitCode.BadInput, "error: /nowhere/recipe.json: there is no such file"), (outcome.ExitCode, outcome.Error.TrimEnd()));
    }

    [Theory]
    [InlineData("--filter nothing.*", "--filter is 'nothing.*'; no case of the files has such a name")]
    [InlineData("--backend native --precision double", "the native backend computes in float")]
    [InlineData("--backend managed --isa avx2", "the managed backend has no instruction sets")]
    [InlineData("--isa avx", "did you mean 'avx2'?")]
    public void AnOptionThatCannotBeUsed_IsBadInput(string options, string complaint)
    {
        Cli.Outcome outcome = Cli.Run(["replay", Optimizers, .. options.Split(' ')]);

        Assert.Equal(ExitCode.BadInput, outcome.ExitCode);
        Assert.Contains(complaint, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void CasesThatAgree_ShowTheLargestErrorAndSucceed()
    {
        Cli.Outcome outcome = Cli.Run("replay", Optimizers, "--backend", "managed", "--filter", "torch.adam.*fixed13");

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        string[] lines = outcome.Output.TrimEnd().Split('\n');
        Assert.Matches(@"^ok    torch\.adam\.fixed13 +managed float: 65 numbers, largest error \d.\de-\d+ of 2e-6 at weights\.\d+\[\d+\]$", lines[0]);
        Assert.Equal($"{lines.Length - 1} cases on managed float: {lines.Length - 1} passed, 0 failed", lines[^1]);
    }

    [Fact]
    public void InDouble_TheToleranceIsThatOfDoubles() => Assert.Contains(
        " of 1e-11 at ", Cli.Run("replay", Optimizers, "--precision", "double", "--filter", "torch.adam.fixed13").Output, StringComparison.Ordinal);

    [Fact]
    public void ACaseThatDoesNotAgree_EndsWithFailureAndSaysWhere()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "changed.json");
        File.WriteAllText(path, File.ReadAllText(Optimizers).Replace("\"lr\": 0.05", "\"lr\": 0.06", StringComparison.Ordinal));

        Cli.Outcome outcome = Cli.Run("replay", path, "--backend", "managed", "--filter", "torch.sgd.fixed13");

        Assert.Equal(ExitCode.Failure, outcome.ExitCode);
        Assert.Contains("FAIL  torch.sgd.fixed13", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("expected", outcome.Output, StringComparison.Ordinal);
        Assert.EndsWith("1 case on managed float: 0 passed, 1 failed\n", outcome.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_HasEveryCaseOnEveryTarget()
    {
        Cli.Outcome outcome = Cli.Run("replay", Optimizers, "--json", "--backend", "managed", "--filter", "torch.sgd.*");

        using var document = JsonDocument.Parse(outcome.Output);
        JsonElement root = document.RootElement;
        Assert.Equal("nativeopt-replay/1", root.GetProperty("schema").GetString());
        Assert.True(root.GetProperty("passed").GetBoolean());
        JsonElement first = root.GetProperty("results")[0];
        Assert.Equal(("torch.sgd.fixed13", "optimizer", "managed", "float"), (
            first.GetProperty("name").GetString(), first.GetProperty("kind").GetString(), first.GetProperty("backend").GetString(),
            first.GetProperty("precision").GetString()));
        Assert.InRange(first.GetProperty("worst").GetProperty("error").GetDouble(), 0, first.GetProperty("worst").GetProperty("tolerance").GetDouble());
        Assert.Equal(root.GetProperty("passedCount").GetInt32(), root.GetProperty("results").GetArrayLength());
    }

    [SkippableFact]
    public void BothBackends_ReplayEachCaseOnBoth()
    {
        TestBackends.RequireNative();

        Cli.Outcome outcome = Cli.Run("replay", Optimizers, "--backend", "both", "--isa", "scalar", "--filter", "torch.sgd.fixed13");

        Assert.EndsWith("1 case on managed float, native scalar float: 2 passed, 0 failed\n", outcome.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }
}
