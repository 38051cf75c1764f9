using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NativeOpt.Cli.Output;

namespace NativeOpt.Cli.Tutorial.Trials;

/// <summary>Trials as files.</summary>
internal static class TrialFiles
{
    /// <summary>Name of the CSV file.</summary>
    public const string History = "history.csv";

    private const string Header = "run,seed,epoch,loss,accuracy,val_loss,val_accuracy,learning_rate,seconds";

    /// <summary>history.csv: one row an epoch, run and seed; numbers are NaN where a run diverged.</summary>
    public static string Csv(IEnumerable<TrialResult> trials)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (TrialResult trial in trials)
            foreach (TrialEpoch e in trial.Epochs)
                text.Append(CultureInfo.InvariantCulture, $"{Output.Csv.Field(trial.Label)},{trial.Seed},{e.Epoch},")
                    .Append(CultureInfo.InvariantCulture, $"{e.Loss:R},{e.Accuracy:R},{e.ValLoss:R},{e.ValAccuracy:R},")
                    .Append(CultureInfo.InvariantCulture, $"{e.LearningRate:R},{e.Seconds:R}\n");
        return text.ToString();
    }

    /// <summary>The "runs" of results.json.</summary>
    public static JsonArray Json(IEnumerable<TrialResult> trials) =>
        new([.. trials.Select(trial => JsonSerializer.SerializeToNode(trial, TutorialJson.Default.TrialResult))]);
}
