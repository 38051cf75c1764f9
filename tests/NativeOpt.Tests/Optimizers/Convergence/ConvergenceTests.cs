using Xunit;

namespace NativeOpt.Tests.Optimizers.Convergence;

/// <summary>Every optimizer solves every problem of the table within its budget of steps, and none does with the wrong sign.</summary>
public class ConvergenceTests
{
    public static TheoryData<string, string> BackendsAndNames
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string backend in new[] { "managed", "native-avx2" })
                foreach (string name in ConvergenceTable.Rows.Keys)
                    data.Add(backend, name);
            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(BackendsAndNames))]
    public void Steps_WithinTheBudget_ReachTheTarget(string backend, string name)
    {
        foreach ((string problem, double value, double target) in Run(backend, name, sign: 1))
            Assert.True(value <= target, $"{name} on {problem}: {value:G4}, and the target is {target:G4}");
    }

    /// <summary>What would pass here as well could not be told from a rule with a wrong sign.</summary>
    [SkippableTheory]
    [MemberData(nameof(BackendsAndNames))]
    public void Steps_WithTheWrongSign_MissTheTarget(string backend, string name)
    {
        foreach ((string problem, double value, double target) in Run(backend, name, sign: -1))
            Assert.False(value <= target, $"{name} on {problem} with the wrong sign: {value:G4}, and the target is {target:G4}");
    }

    [Fact]
    public void Table_HasARowForEveryOptimizer() =>
        // Another test may have registered one of its own.
        Assert.Equal(ArrayRules.Names.Where(name => !name.StartsWith("own_", StringComparison.Ordinal)).Order(),
            ConvergenceTable.Rows.Keys.Order());

    private static IEnumerable<(string Problem, double Value, double Target)> Run(string backend, string name, int sign)
    {
        foreach ((string problem, double rate, int steps) in ConvergenceTable.Rows[name].Cells)
        {
            using var optimizer = new Optimizer(ConvergenceTable.Rows[name].Rule.WithLearningRate(rate), TestBackends.Open(backend));
            ConvergenceProblem solved = ConvergenceProblem.All[problem];
            yield return (problem, ConvergenceRun.ValueAfter(solved, optimizer, steps, sign), solved.Target);
        }
    }
}
