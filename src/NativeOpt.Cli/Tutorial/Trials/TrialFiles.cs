using System.Text.Json;
using System.Text.Json.Nodes;

namespace NativeOpt.Cli.Tutorial.Trials;

/// <summary>Trials as files.</summary>
internal static class TrialFiles
{
    /// <summary>Name of the CSV file.</summary>
    public const string History = "history.csv";

    private static readonly string[] Columns =
        ["run", "seed", "epoch", "loss", "accuracy", "val_loss", "val_accuracy", "learning_rate", "seconds"];

    /// <summary>history.csv: one row an epoch, run and seed; numbers are NaN where a run diverged.</summary>
    public static string Csv(IEnumerable<TrialResult> trials) => new ResultTable(Columns, trials.SelectMany(trial => trial.Epochs.Select(
        e => new object?[]
        {
            trial.Label, trial.Seed, e.Epoch, e.Loss, e.Accuracy, e.ValLoss, e.ValAccuracy, e.LearningRate, e.Seconds,
        }))).ToCsv();

    /// <summary>The "runs" of results.json.</summary>
    public static JsonArray Json(IEnumerable<TrialResult> trials) =>
        new([.. trials.Select(trial => JsonSerializer.SerializeToNode(trial, TutorialJson.Default.TrialResult))]);
}
