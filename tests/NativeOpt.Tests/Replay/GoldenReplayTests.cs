using NativeOpt.Cli.Replay;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Replay;

/// <summary>Replays every case of tests/golden on both backends, every instruction set and in double, as the command does.</summary>
public sealed class GoldenReplayTests
{
    private const string InDouble = "managed-double";

    /// <summary>Trainings on real pictures, which take seconds each: some of them, on one target. CIFAR-10 is not here at all.</summary>
    private const string OfPictures = "accuracy.";

    private static readonly Dictionary<string, GoldenFile> Files = Directory
        .GetFiles(Path.Combine(AppContext.BaseDirectory, "golden"), "*.json").Order()
        .ToDictionary(path => Path.GetFileName(path), GoldenFile.Load);

    /// <summary>Target, file and name of every case.</summary>
    public static TheoryData<string, string, string> Runs
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (string target in TestBackends.Names.Append(InDouble))
                foreach ((string file, GoldenFile content) in Files)
                    foreach (GoldenCase golden in content.Cases.Where(golden => !golden.Name.StartsWith(OfPictures, StringComparison.Ordinal)))
                        data.Add(target, file, golden.Name);
            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Runs))]
    public void Replay_OfAGoldenCase_GivesTheNumbers(string target, string file, string name)
    {
        GoldenCase golden = Files[file].Cases.Single(golden => golden.Name == name);

        CaseResult result = Replayer.Replay(golden, Target(target), new ReplayOptions());

        Assert.True(result.Passed, string.Join(Environment.NewLine, result.Problems));
    }

    [SkippableTheory]
    [InlineData("accuracy.fashion-mnist.sgd_0.01.seed0")]
    [InlineData("accuracy.fashion-mnist.momentum_0.01_0.9.seed0")]
    [InlineData("accuracy.fashion-mnist.adam_1e-3.seed0")]
    public void Replay_OfATrainingOnPictures_ReachesTheAccuracies(string name)
    {
        TestBackends.RequireNative();
        Skip.IfNot(Datasets.FashionMnist.IsAvailable(), "Fashion-MNIST is not installed");
        GoldenCase golden = Files["reference_accuracies.json"].Cases.Single(golden => golden.Name == name);

        CaseResult result = Replayer.Replay(golden, ReplayTarget.Native(NoptIsa.Auto), new ReplayOptions());

        Assert.True(result.Passed, string.Join(Environment.NewLine, result.Problems));
    }

    [Fact]
    public void Replay_OfATrainingWithoutItsData_SaysWhatIsMissing()
    {
        GoldenCase golden = Files["reference_accuracies.json"].Cases.Single(golden => golden.Name == "accuracy.cifar-10.adam_1e-3.seed0");

        CaseResult result = Replayer.Replay(golden, ReplayTarget.ManagedFloat, new ReplayOptions());

        Assert.False(result.Passed);
        Assert.Contains("needs all of CIFAR-10", result.Problems[0], StringComparison.Ordinal);
        Assert.Contains("--data-dir", result.Problems[0], StringComparison.Ordinal);
    }

    /// <summary>Nothing in the files is left out.</summary>
    [Fact]
    public void Cases_AreAllThere() => Assert.Equal(340, Files.Values.Sum(file => file.Cases.Count));

    private static ReplayTarget Target(string name)
    {
        if (name == InDouble)
            return ReplayTarget.ManagedDouble;
        if (name == "managed")
            return ReplayTarget.ManagedFloat;
        NoptIsa isa = TestBackends.IsaOf(name);
        TestBackends.RequireIsa(isa);
        return ReplayTarget.Native(isa);
    }
}
