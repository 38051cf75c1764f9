using System.Globalization;
using NativeOpt.Tests.Bindings;
using Xunit;

namespace NativeOpt.Tests.Documents;

/// <summary>The tables of src/NativeOpt/Optimizers/README.md say what is true of the rules, and of all of them.</summary>
public class OptimizerGuideTests
{
    private static readonly string[][] Rows = ReadRows();

    public static TheoryData<string> Names => [.. OptimizerRule.KnownNames];

    [Theory]
    [MemberData(nameof(Names))]
    public void Guide_HasTheClassAndTheMemoryOfEachRule(string name)
    {
        string[] row = Assert.Single(Rows, row => row.Length == 5 && row[0] == $"`{name}`");
        OptimizerRule rule = OptimizerRule.FromName(name);
        Assert.Equal($"`{rule.GetType().Name}`", row[1]);
        if (rule is MatrixRule or Sam)
            return; // its memory depends on the shape, or on the inner rule, and the row says how
        using var optimizer = new Optimizer(rule, BackendKind.Managed);
        optimizer.Register("w", 1);
        Assert.Equal((sizeof(float) * optimizer.State.SlotNames.Count).ToString(CultureInfo.InvariantCulture), row[3]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Guide_HasTheDefaultLearningRateOfEachRule(string name)
    {
        string[] row = Assert.Single(Rows, row => row.Length == 4 && row[0].Split(", ").Contains($"`{name}`"));
        Assert.Equal(OptimizerRule.FromName(name).LearningRate.InitialValue.ToString(CultureInfo.InvariantCulture), row[1]);
    }

    private static string[][] ReadRows() =>
    [
        .. File.ReadLines(RepositoryFiles.At("src/NativeOpt/Optimizers/README.md")).Where(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
    ];
}
