using NativeOpt.Backends;
using NativeOpt.Backends.Managed;
using NativeOpt.Tests.Golden;
using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>Replays what PyTorch, Keras and optax computed: tests/golden/optimizers_*.json.</summary>
public class OptimizerGoldenTests
{
    private static readonly Dictionary<string, GoldenFile> Files = new[]
        { "optimizers_pytorch.json", "optimizers_pytorch2.json", "optimizers_keras.json", "optimizers_optax.json" }
        .ToDictionary(name => name, GoldenFile.Load);

    /// <summary>File and name of every case that these rules can replay.</summary>
    public static IEnumerable<(string File, string Name)> Replayed =>
        from file in Files
        from golden in file.Value.Cases
        where GoldenRule.ReasonToSkip(golden) is null
        select (file.Key, golden.Name);

    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach ((string file, string name) in Replayed)
                data.Add(file, name);
            return data;
        }
    }

    public static TheoryData<string, string, string> CasesOnBackends
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (string backend in TestBackends.All)
                foreach ((string file, string name) in Replayed)
                    data.Add(backend, file, name);
            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(CasesOnBackends))]
    public void Step_OnAGoldenCaseInFloat_GivesTheWeights(string backend, string file, string name)
    {
        using IBackend opened = TestBackends.Open(backend);
        Assert.True(GoldenReplay.RunFloat32(Files[file], Files[file][name], opened) >= 3);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Step_OnAGoldenCaseInDouble_GivesTheWeights(string file, string name)
    {
        using var backend = new ManagedBackend();
        Assert.True(GoldenReplay.RunFloat64(Files[file], Files[file][name], backend) >= 3);
    }

    /// <summary>What is not replayed, and why: other optimizers, and features of Keras that rules do not have yet.</summary>
    [Fact]
    public void Cases_ThatAreNotReplayed_AreKnown()
    {
        var reasons = Files.ToDictionary(file => file.Key, file => file.Value.Cases
            .Select(GoldenRule.ReasonToSkip).OfType<string>().GroupBy(reason => reason)
            .ToDictionary(group => group.Key, group => group.Count()));

        Assert.Equal(65, Replayed.Count(golden => golden.File == "optimizers_pytorch.json"));
        Assert.Empty(reasons["optimizers_pytorch.json"]);

        Assert.Equal(9, Replayed.Count(golden => golden.File == "optimizers_pytorch2.json"));
        Assert.Equal(["optimizer pytorch/Adafactor", "optimizer pytorch/Muon"], reasons["optimizers_pytorch2.json"].Keys.Order());

        Assert.Equal(49, Replayed.Count(golden => golden.File == "optimizers_keras.json"));
        Assert.Equal(
            new Dictionary<string, int>
            {
                ["feature use_ema"] = 1,
            },
            reasons["optimizers_keras.json"].Where(reason => reason.Key.StartsWith("feature", StringComparison.Ordinal)));

        Assert.Equal(22, Replayed.Count(golden => golden.File == "optimizers_optax.json"));
        Assert.Equal(
            [
                "adafactor 1", "dadapt_adamw 1", "fromage 2", "lamb 2", "lars 2", "muon 1", "novograd 2", "prodigy 1", "sm3 1",
            ],
            reasons["optimizers_optax.json"].Select(reason => $"{reason.Key.Replace("optimizer optax/", "")} {reason.Value}").Order());
    }
}
