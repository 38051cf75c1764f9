using System.Globalization;
using System.Text.Json.Nodes;
using NativeOpt.Cli.Report;
using NativeOpt.Cli.Report.Blocks;
using NativeOpt.Cli.Tutorial.Trials;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Tutorial.Cifar;

/// <summary>What the report shows.</summary>
internal static class CifarReport
{
    public static ExperimentOutcome Create(CifarResults results, TutorialSettings settings)
    {
        TrialResult[] trials = [.. results.Runs.Select(run => run.Trial)];
        return new ExperimentOutcome
        {
            Title = "Optimizers on CIFAR-10, with dense layers",
            Subtitles = [$"Dense {Network(results)} \u00b7 at most {results.Epochs} epochs \u00b7 {results.Runs.Count} trainings, "
                + (results.Grid.IsFull ? "all combinations" : "one factor at a time")],
            Verdict = [.. CifarVerdict.Of(results)],
            Sections =
            [
                new("What was trained on, and what can be expected", new TextBlock([.. CifarVerdict.Honesty(results)])),
                new("The best training of each optimizer", new FigureGroup(CifarCharts.Curves(results))),
                new("Learning rate", new FigureGroup(CifarCharts.Rates(results))),
                new("Batch size", new FigureGroup(CifarCharts.BatchSizes(results))),
                new("First weights", new FigureGroup([CifarCharts.Initializers(results)])),
                new("All trainings", Table(results)),
            ],
            Settings = Settings(results, settings),
            Results = new JsonObject
            {
                ["trainSamples"] = results.TrainRows,
                ["validationSamples"] = results.ValidationRows,
                ["testSamples"] = results.Data.Test.Count,
                ["fullGrid"] = results.Grid.IsFull,
                ["runs"] = Runs(results),
            },
            Csv = new Dictionary<string, string> { [TrialFiles.History] = TrialFiles.Csv(trials) },
        };
    }

    private static string Network(CifarResults results) =>
        string.Join(" \u2192 ", results.Layers.SkipLast(1)) + $" \u2192 {results.Layers[^1]} (softmax)";

    private static JsonArray Runs(CifarResults results)
    {
        JsonArray runs = TrialFiles.Json(results.Runs.Select(run => run.Trial));
        foreach ((CifarRun run, JsonNode? node) in results.Runs.Zip(runs))
            run.Setting.AddTo(node!.AsObject());
        return runs;
    }

    private static ReportTable Table(CifarResults results) => new(
        [
            new("Optimizer"), new("Learning rate") { Show = Number }, new("Batch size") { Show = Count },
            new("First weights") { IsText = true }, new("Epochs") { Show = Count }, new("Validation loss", Best.Low) { Show = LossText },
            new("Validation accuracy", Best.High) { Show = Share }, new("Test accuracy", Best.High) { Show = Share },
            new("Time per epoch", Best.Low) { Show = Seconds },
        ],
        [.. results.Runs.Select(run => new TableRow(
            run.Setting.Optimizer, run.Setting.Rate, run.Setting.BatchSize, run.Setting.Initializer, run.Trial.Epochs.Count,
            run.Trial.Diverged ? double.NaN : run.Trial.Epochs.Min(epoch => epoch.ValLoss), run.Trial.BestValAccuracy,
            run.Trial.Diverged ? double.NaN : run.Trial.TestAccuracy, run.Trial.Seconds / run.Trial.Epochs.Count)
        {
            Slot = run.Setting.Slot,
            IsOutOfContest = run.Trial.Diverged,
        })])
    {
        Caption = "Loss and accuracy of the best epoch on the held-out pictures; test accuracy with the weights of the lowest loss there.",
    };

    private static (string, string)[] Settings(CifarResults results, TutorialSettings settings) =>
    [
        ("Data", $"CIFAR-10: {Count(results.Data.Train.Count)} training pictures in the folder, of which {Count(results.TrainRows)} were "
            + $"trained on and {Count(results.ValidationRows)} held out; {Count(results.Data.Test.Count)} test pictures; pixels 0..1"),
        ("Network", $"Dense {Network(results)}, relu between"),
        ("Loss", "sparse_categorical_crossentropy"),
        ("Optimizers", "SGD, SGD with momentum 0.9, RMSprop, Adam"),
        ("Learning rates", string.Join(", ", results.Grid.Rates.Select(Number))),
        ("Batch sizes", string.Join(", ", results.Grid.BatchSizes)),
        ("First weights", string.Join(", ", results.Grid.Initializers)),
        ("Epochs", $"{results.Epochs} at most"),
        ("EarlyStopping", $"val_loss, patience {CifarExperiment.Patience}, weights of the best epoch"),
        ("ReduceLROnPlateau", $"val_loss, factor {Number(CifarExperiment.PlateauFactor)}, patience {CifarExperiment.PlateauPatience}, "
            + $"minimum {Number(CifarExperiment.MinLearningRate)}"),
        ("Seed", settings.Seed.ToString(CultureInfo.InvariantCulture)),
    ];
}
