using System.Globalization;
using System.Text.Json.Nodes;
using NativeOpt.Cli.Report;
using NativeOpt.Cli.Report.Blocks;
using NativeOpt.Cli.Report.Charts;
using NativeOpt.Cli.Tutorial.Trials;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Tutorial.Batches;

/// <summary>What the report shows.</summary>
internal static class BatchSizesReport
{
    public static ExperimentOutcome Create(BatchSizesResults results)
    {
        TrialResult[] trials = [.. results.Runs.SelectMany(run => run.Group.Trials)];
        return new ExperimentOutcome
        {
            Title = "Batch sizes on the digits",
            Subtitles = [$"Dense {Network(results)} \u00b7 SGD at {Number(results.LearningRate)} \u00b7 {results.Epochs} epochs \u00b7 "
                + (results.Runs[0].Group.Trials.Count == 1 ? "1 seed" : $"{results.Runs[0].Group.Trials.Count} seeds")],
            Verdict = [.. BatchSizesVerdict.Of(results)],
            Sections =
            [
                new("Results after the last epoch", Table(results)),
                new("The same runs, by epochs and by seconds", new FigureGroup([ByEpochs(results), BySeconds(results)])),
                new("How noisy the gradient of a batch is", NoiseWords(), new FigureGroup([Noise(results.Noise)])),
            ],
            Settings = Settings(results),
            Results = new JsonObject
            {
                ["runs"] = TrialFiles.Json(trials),
                ["noise"] = new JsonObject { ["start"] = ToJson(results.Noise.Start), ["end"] = ToJson(results.Noise.End) },
            },
            Csv = new Dictionary<string, string> { [TrialFiles.History] = TrialFiles.Csv(trials) },
        };
    }

    private static string Network(BatchSizesResults results) =>
        $"{results.Data.Train.InputColumns} \u2192 {results.Hidden} (relu) \u2192 {results.Data.ClassNames.Count} (softmax)";

    private static ReportTable Table(BatchSizesResults results) => new(
        [
            new("Rows a step"), new("Steps per epoch") { Show = Count }, new("Training loss", Best.Low) { Show = LossText },
            new("Test accuracy", Best.High) { Show = Share }, new("Time per epoch", Best.Low) { Show = Seconds },
            new($"Epochs to {Number(BatchRun.Target)}", Best.Low) { Show = Count },
            new($"Time to {Number(BatchRun.Target)}", Best.Low) { Show = Seconds },
            new("Epochs that made it worse", Best.Low) { Show = Share },
        ],
        [.. results.Runs.Select((run, slot) => new TableRow(
            run.Group.Label, run.Steps, run.FinalLoss, run.Group.Mean(trial => trial.TestAccuracy), run.Elapsed[^1] / run.Elapsed.Length,
            run.EpochsToTarget is { } epochs ? epochs : NotReached, run.EpochsToTarget is null ? NotReached : run.SecondsToTarget,
            run.Rises)
        {
            Slot = slot,
            IsOutOfContest = run.Group.Diverged,
        })])
    {
        Caption = "Training loss: over all training rows after the last epoch. Epochs and time until it was below "
            + $"{Number(BatchRun.Target)}.",
    };

    private static TableCell NotReached => new(double.NaN, "not reached");

    private static LineChart ByEpochs(BatchSizesResults results) => new("Training loss by epochs", ChartAxis.Epoch, ChartAxis.Loss,
        [.. results.Runs.Select((run, slot) => run.Group.OverEpochs(slot, epoch => epoch.ValLoss))]) { File = TrialFiles.History };

    private static LineChart BySeconds(BatchSizesResults results)
    {
        var time = ChartAxis.Elapsed with { Name = "seconds of training", Logarithmic = true };
        return new("Training loss by seconds", time, ChartAxis.Loss,
            [.. results.Runs.Select((run, slot) => run.Group.OverEpochs(slot, epoch => epoch.ValLoss) with { X = run.Elapsed })])
        {
            File = TrialFiles.History,
            Note = "Each line begins after its first epoch.",
        };
    }

    private static TextBlock NoiseWords() => new(
        "A batch is a sample: its gradient is that of all rows, and an error. The error is measured here as a multiple of the length of "
        + "the whole gradient, with the weights held still. Errors of independent rows average out: four times as many rows halve them. "
        + "Where the error is larger than 1, a step has more chance in it than direction.");

    private static LineChart Noise(GradientNoise noise)
    {
        var size = new ChartAxis("rows of a batch") { Logarithmic = true, Show = Count };
        var error = new ChartAxis("error") { Logarithmic = true };
        return new("Error of a batch's gradient", size, error,
        [
            new Series("first weights", noise.Start.Sizes, noise.Start.Noise),
            new Series("trained", noise.End.Sizes, noise.End.Noise) { Slot = 1 },
            new Series("1/\u221arows", noise.Start.Sizes, [.. noise.Start.Sizes.Select(s => noise.Start.Noise[0] / Math.Sqrt(s))])
            {
                Slot = 6,
                Variant = "expected",
                Dashed = true,
            },
        ]) { Level = (1, "as large as the gradient") };
    }

    private static JsonObject ToJson(NoiseCurve curve) => new()
    {
        ["sizes"] = TutorialResults.Numbers(curve.Sizes),
        ["noise"] = TutorialResults.Numbers(curve.Noise),
        ["slope"] = TutorialResults.Number(curve.Slope),
    };

    private static (string, string)[] Settings(BatchSizesResults results) =>
    [
        ("Data", $"Digits (UCI): {Count(results.Data.Train.Count)} training rows, {Count(results.Data.Test.Count)} test rows"),
        ("Network", $"Dense {Network(results)}, glorot_uniform"),
        ("Optimizer", $"SGD without momentum, learning rate {Number(results.LearningRate)} for all"),
        ("Loss", "sparse_categorical_crossentropy"),
        ("Epochs", results.Epochs.ToString(CultureInfo.InvariantCulture)),
        ("Batch sizes", string.Join(", ", results.Runs.Select(run => run.Size))),
        ("Seeds", string.Join(", ", results.Runs[0].Group.Trials.Select(trial => trial.Seed))),
    ];
}
