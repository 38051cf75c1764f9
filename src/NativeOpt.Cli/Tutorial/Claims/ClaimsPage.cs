using NativeOpt.Cli.Report;
using NativeOpt.Cli.Report.Blocks;
using NativeOpt.Cli.Report.Charts;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>What the report on the tutorials' claims shows.</summary>
internal static class ClaimsPage
{
    /// <summary>How many claims hold, and which ones do not.</summary>
    public static IEnumerable<VerdictSentence> Verdict(IReadOnlyList<ClaimResult> results)
    {
        yield return new($"Of {results.Count} claims {Count(Verdicts(Tutorial.Verdict.Supported).Length)} are supported by what was "
            + $"measured, {Count(Verdicts(Tutorial.Verdict.NotSupported).Length)} are not supported, and "
            + $"{Count(Verdicts(Tutorial.Verdict.Depends).Length)} depend on the problem or the seed.");
        yield return new("Not supported: " + string.Join("; ", Verdicts(Tutorial.Verdict.NotSupported)
            .Select(result => $"{result.Claim.Subject}: {result.Claim.Words}")) + ".");

        ClaimResult[] Verdicts(Verdict verdict) => [.. results.Where(result => result.Verdict == verdict)];
    }

    /// <summary>The table, the state, and how it was done.</summary>
    public static IEnumerable<ReportSection> Sections(ClaimsSettings settings, ClaimsResult result)
    {
        yield return new("Claims", new TextBlock(
            "Every entry of the tutorials' lists of advantages and disadvantages of optimizers, in short words: advantages with +, "
            + $"disadvantages with \u2212. Each number is measured with {settings.Seeds.Count} seeds: other data, first weights and "
            + $"orders. A claim is supported where the numbers of {Tutorial.Verdicts.NeededOf(settings.Seeds.Count)} of "
            + $"{settings.Seeds.Count} seeds reach its limit, not supported where so many are beyond the other one, and depends "
            + "otherwise. The verdicts are about these problems: small networks, arrays and surfaces."));
        foreach (IGrouping<string, ClaimResult> claims in result.Claims.GroupBy(row => row.Claim.Subject))
            yield return new(claims.Key, Table(claims));
        yield return new("State of each optimizer", new TextBlock("Bytes for each weight beside the weight and its gradient, as measured "
            + "after a step."), new FigureGroup([StateChart(settings.Backend)]));
        yield return new("Where the claims are from",
            new FactList(ClaimSources.All.Select(source => (source.Letter, source.Title))),
            new TextBlock($"Not tested, because they are about people: {string.Join("; ", ClaimsStudy.Untested)}."));
    }

    private static ReportTable Table(IEnumerable<ClaimResult> results) => new(
        [new("Claim"), new("From"), new("Value"), new("Criterion") { IsText = true }, new("Verdict") { IsText = true }],
        [.. results.Select(result => new TableRow(
            (result.Claim.IsAdvantage ? "+ " : "\u2212 ") + result.Claim.Words, result.Claim.Source,
            new TableCell(result.Sample.Mean, ValueText(result.Sample)), result.Claim.Criterion.ToString(),
            new TableCell(double.NaN, result.Verdict.Words(), result.Verdict == Tutorial.Verdict.NotSupported))
            { Note = result.Claim.Measured })]);

    private static string ValueText(Sample sample) => double.IsFinite(sample.Mean) ? sample.Text(Significant) : Diverged;

    private static BarChart StateChart(BackendKind backend) => new(
        "State", new ChartAxis("bytes for each weight"),
        [.. TutorialOptimizer.All.Select((optimizer, slot) =>
            new Bar(optimizer.Name, StateMeasure.BytesPerWeight(optimizer.Name, backend)) { Slot = slot })]);
}
