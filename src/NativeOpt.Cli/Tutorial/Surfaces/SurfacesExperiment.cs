using System.Text.Json.Nodes;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Tutorial.Surfaces;

/// <summary>Saddle points, local minima and learning rates around 2/L, walked over by the optimizers of the library.</summary>
internal sealed class SurfacesExperiment : IExperiment
{
    private const string PathsFile = "paths.csv", StabilityFile = "stability.csv", WellsFile = "wells.csv";

    /// <inheritdoc/>
    public string Name => "surfaces";

    /// <inheritdoc/>
    public string Summary => "paths over saddles and valleys, local minima, rates below and above 2/L";

    /// <inheritdoc/>
    public string Duration => "5 s";

    /// <inheritdoc/>
    public TutorialOptions Options => TutorialOptions.None;

    /// <inheritdoc/>
    public IReadOnlyList<string> CsvFiles => [PathsFile, StabilityFile, WellsFile];

    /// <inheritdoc/>
    public ExperimentOutcome Run(TutorialSettings settings, ExperimentProgress progress, CancellationToken cancellation)
    {
        var study = new SurfacesStudy(settings.Quick, settings.Seed, settings.Backend);
        SurfacesResult result = study.Run(progress, cancellation);
        return new ExperimentOutcome
        {
            Title = "Optimizers on surfaces",
            Subtitles = [$"{TutorialOptimizer.All.Count} optimizers on {TestSurfaces.All.Count} functions \u00b7 {Count(study.Steps)} "
                + "steps \u00b7 Optimizer.Step on arrays of two numbers"],
            Verdict = [.. SurfacesPage.Verdict(result)],
            Sections = [.. SurfacesPage.Sections(result)],
            Settings =
            [
                ("Optimizers", string.Join(", ", TutorialOptimizer.All.Select(optimizer => optimizer.Name))),
                ("Rates", string.Join(", ", study.Rates.Select(Number))),
                ("Steps", Count(study.Steps)),
                ("Seed", Count(settings.Seed)),
            ],
            Results = new JsonObject
            {
                ["runs"] = Runs(result).ToJson(),
                ["stability"] = Stability(result).ToJson(),
                ["wells"] = Wells(result).ToJson(),
            },
            Csv = new Dictionary<string, string>
            {
                [PathsFile] = Paths(result).ToCsv(),
                [StabilityFile] = Stability(result).ToCsv(),
                [WellsFile] = Wells(result).ToCsv(),
            },
        };
    }

    private static ResultTable Runs(SurfacesResult result) => new(
        ["surface", "optimizer", "learning_rate", "end", "arrived_at", "excess", "x", "y"],
        result.Paths.Select(path => new object?[]
        {
            path.Surface.Name, path.Optimizer, path.LearningRate, path.End, path.ArrivedAt, path.Excess, path.Last.X, path.Last.Y,
        }));

    private static ResultTable Paths(SurfacesResult result) => new(
        ["surface", "optimizer", "step", "x", "y", "value"],
        from path in result.Paths
        from step in path.Thinned()
        select new object?[]
        {
            path.Surface.Name, path.Optimizer, step.Number, (float)step.Point.X, (float)step.Point.Y, path.Surface.Value(step.Point),
        });

    private static ResultTable Stability(SurfacesResult result) => new(
        ["surface", "optimizer", "curvature", "learning_rate", "rate_times_curvature", "limit", "growth", "should_converge", "converged"],
        result.Stability.Select(row => new object?[]
        {
            row.Surface, row.Optimizer, row.Curvature, row.LearningRate, row.RateTimesCurvature, row.Limit, row.Growth, row.ShouldConverge,
            row.Converged,
        }));

    private static ResultTable Wells(SurfacesResult result) => new(
        ["optimizer", "learning_rate", "noise", "starts", "lowest", "lost"],
        result.Basins.Select(row => new object?[] { row.Optimizer, row.LearningRate, row.Noise, row.Starts, row.Lowest, row.Lost }));
}
