using System.Globalization;

namespace NativeOpt.Cli.Replay;

/// <summary>What a replay found, as lines of text.</summary>
internal static class ReplayReport
{
    /// <summary>One line a case and target, and below it why it failed.</summary>
    public static IEnumerable<string> Describe(CaseResult result, int nameWidth)
    {
        string head = $"{(result.Passed ? "ok  " : "FAIL")}  {result.Case.Name.PadRight(nameWidth)}  {result.Target.Name}";
        yield return result.Passed ? $"{head}: {DescribeChecks(result.Checks)}" : head;
        foreach (string problem in result.Problems)
            yield return $"      {problem}";
    }

    /// <summary>The last line: "340 cases on managed float, native avx2 float: 670 passed, 10 failed".</summary>
    public static string Summarize(IReadOnlyCollection<CaseResult> results)
    {
        int cases = results.Select(result => result.Case).Distinct().Count();
        IEnumerable<string> targets = results.Select(result => result.Target.Name).Distinct();
        int failed = results.Count(result => !result.Passed);
        string what = $"{cases} {(cases == 1 ? "case" : "cases")} on {string.Join(", ", targets)}";
        return $"{what}: {results.Count - failed} passed, {failed} failed";
    }

    // "13 numbers, largest error 3.1e-08 of 2e-06 at weights.10[3]".
    private static string DescribeChecks(Checks checks)
    {
        string left = checks.LeftOut > 0 ? $" ({checks.LeftOut} left out)" : "";
        return checks.Worst is not { Error: > 0 } worst
            ? $"{checks.Count} numbers{left}, all equal"
            : string.Create(CultureInfo.InvariantCulture,
                $"{checks.Count} numbers{left}, largest error {worst.Error:0.0e-0} of {worst.Tolerance:0.##e-0} at {worst.Where}");
    }
}
