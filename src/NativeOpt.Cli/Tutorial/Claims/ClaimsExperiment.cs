using System.Text.Json.Nodes;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>The advantages and disadvantages that the tutorials list, each measured and judged.</summary>
internal sealed class ClaimsExperiment : IExperiment
{
    private const string ClaimsFile = "claims.csv", RacesFile = "races.csv";

    /// <inheritdoc/>
    public string Name => "pros-cons";

    /// <inheritdoc/>
    public string Summary => "what tutorials say for and against optimizers, measured and judged";

    /// <inheritdoc/>
    public string Duration => "1 min";

    /// <inheritdoc/>
    public TutorialOptions Options => TutorialOptions.Seeds;

    /// <inheritdoc/>
    public IReadOnlyList<string> CsvFiles => [ClaimsFile, RacesFile];

    /// <inheritdoc/>
    public ExperimentOutcome Run(TutorialSettings settings, ExperimentProgress progress, CancellationToken cancellation)
    {
        var how = new ClaimsSettings(settings.Quick, settings.SeedsOr(5, quick: 2), settings.Backend);
        ClaimsResult result = new ClaimsStudy(how).Run(progress, cancellation);
        return new ExperimentOutcome
        {
            Title = "What tutorials say of optimizers",
            Subtitles = [$"{Count(result.Claims.Count)} claims of five tutorials \u00b7 {how.Seeds.Count} seeds"],
            Verdict = [.. ClaimsPage.Verdict(result.Claims)],
            Sections = [.. ClaimsPage.Sections(how, result)],
            Settings =
            [
                ("Optimizers", string.Join(", ", TutorialOptimizer.All.Select(optimizer => $"{optimizer.Name}: {optimizer.Rule}"))),
                ("Seeds", string.Join(", ", how.Seeds)),
            ],
            Results = new JsonObject
            {
                ["claims"] = Claims(result, how).ToJson(),
                ["untested"] = new JsonArray([.. ClaimsStudy.Untested.Select(words => (JsonNode)words)]),
                ["races"] = Races(result, how).ToJson(),
            },
            Csv = new Dictionary<string, string> { [ClaimsFile] = Claims(result, how).ToCsv(), [RacesFile] = Races(result, how).ToCsv() },
        };
    }

    private static ResultTable Claims(ClaimsResult result, ClaimsSettings how) => new(
        [
            "source", "subject", "kind", "claim", "measured", "mean", "spread", .. how.Seeds.Select(seed => $"seed_{seed}"), "criterion",
            "verdict",
        ],
        result.Claims.Select(row => (object?[])
        [
            row.Claim.Source, row.Claim.Subject, row.Claim.IsAdvantage ? "advantage" : "disadvantage", row.Claim.Words, row.Claim.Measured,
            row.Sample.Mean, row.Sample.Spread, .. row.Sample.Values.Select(value => (object?)value), row.Claim.Criterion.ToString(),
            row.Verdict.Words(),
        ]));

    private static ResultTable Races(ClaimsResult result, ClaimsSettings how) => new(
        ["seed", "problem", "best_rates", "optimizer", "mean_loss", "left", "accuracy", "test_accuracy"],
        from evidence in result.Evidence.Index()
        from race in evidence.Item.Race.Cases
        from trial in race.Trials
        select new object?[]
        {
            how.Seeds[evidence.Index], race.Problem, race.AtBestRates, trial.Key, trial.Value.MeanLoss, trial.Value.Left,
            trial.Value.Accuracy, trial.Value.TestAccuracy,
        });
}
