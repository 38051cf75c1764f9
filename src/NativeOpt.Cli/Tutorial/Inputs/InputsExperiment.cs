using System.Text.Json.Nodes;
using NativeOpt.Cli.Tutorial.Trials;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Tutorial.Inputs;

/// <summary>Raw against standardized inputs, and He's against Glorot's first weights under ReLU and tanh.</summary>
internal sealed class InputsExperiment : IExperiment
{
    private const string SignalsFile = "signals.csv";

    /// <inheritdoc/>
    public string Name => "inputs";

    /// <inheritdoc/>
    public string Summary => "raw against standardized inputs, He and Glorot under ReLU and tanh";

    /// <inheritdoc/>
    public string Duration => "10 s";

    /// <inheritdoc/>
    public TutorialOptions Options => TutorialOptions.Seeds | TutorialOptions.Epochs | TutorialOptions.Rows;

    /// <inheritdoc/>
    public IReadOnlyList<string> CsvFiles => [TrialFiles.History, SignalsFile];

    /// <inheritdoc/>
    public ExperimentOutcome Run(TutorialSettings settings, ExperimentProgress progress, CancellationToken cancellation)
    {
        int samples = settings.Rows ?? (settings.Quick ? 200 : 1000), epochs = settings.EpochsOr(30, quick: 3);
        var study = new InputsStudy(samples, epochs, settings.SeedsOr(5, quick: 2), settings.Backend);
        InputsResult result = study.Run(progress, cancellation);
        TrialResult[] trials = [.. result.Scaling.Concat(result.Deep.Select(deep => deep.Run)).SelectMany(run => run.Group.Trials)];
        return new ExperimentOutcome
        {
            Title = "Inputs and first weights",
            Subtitles = [$"Made-up classes \u00b7 {Count(samples)} rows \u00b7 {epochs} epochs \u00b7 {study.Seeds.Count} seeds"],
            Verdict = [.. InputsPage.Verdict(result)],
            Sections = [.. InputsPage.Sections(study, result)],
            Settings =
            [
                ("Data", $"make_classification: {Count(samples)} rows, 20 columns of which 8 are informative and 4 redundant, 3 classes, "
                    + "random shift and scale of each column; another problem with each seed"),
                ("Split", "a quarter of the rows for the test"),
                ("Networks", $"{InputsStudy.ShallowDepth} and {InputsStudy.Depth} hidden layers of {InputsStudy.Width} units"),
                ("Epochs", Count(epochs)),
                ("Batch size", Count(InputsTrainer.BatchSize)),
                ("Seeds", string.Join(", ", study.Seeds)),
            ],
            Results = new JsonObject
            {
                ["runs"] = TrialFiles.Json(trials),
                ["statements"] = Statements(result).ToJson(),
                ["signals"] = Signals(result).ToJson(),
            },
            Csv = new Dictionary<string, string>
            {
                [TrialFiles.History] = TrialFiles.Csv(trials),
                [SignalsFile] = Signals(result).ToCsv(),
            },
        };
    }

    private static ResultTable Statements(InputsResult result) => new(
        ["statement", "measured", "first", "second", "verdict"],
        result.Statements.Select(s => new object?[] { s.Words, s.Measured, s.First.Mean, s.Second.Mean, s.Verdict.Words() }));

    private static ResultTable Signals(InputsResult result) => new(
        ["run", "layer", "signal"],
        from deep in result.Deep
        from signal in deep.Signals.Index()
        select new object?[] { deep.Run.Network.Label, signal.Index + 1, signal.Item });
}
