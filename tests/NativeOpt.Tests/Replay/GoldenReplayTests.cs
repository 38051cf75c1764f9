using NativeOpt.Cli.Replay;
using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Replay;

/// <summary>Replays every case of tests/golden on both backends, every instruction set and in double, as the command does.</summary>
public sealed class GoldenReplayTests
{
    private const string InDouble = "managed-double";

    /// <summary>Kinds and cases whose features are still to come.</summary>
    private static readonly string[] Awaited =
    [
        "accuracy.", "optimum.", "train.",
    ];

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
                    foreach (GoldenCase golden in content.Cases.Where(golden => !IsAwaited(golden)))
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

    /// <summary>Nothing in the files is left out.</summary>
    [Fact]
    public void Cases_AreAllThere() => Assert.Equal(340, Files.Values.Sum(file => file.Cases.Count));

    private static bool IsAwaited(GoldenCase golden) => Array.Exists(Awaited, prefix => golden.Name.StartsWith(prefix, StringComparison.Ordinal));

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
