using System.Text.Json.Nodes;

namespace NativeOpt.Cli.Comparison;

/// <summary>The result of a variant from its runs: means over the seeds.</summary>
internal static class SeedSummary
{
    /// <summary>One run as it is; of several the mean of each number, and the deviation of the accuracy.</summary>
    /// <param name="variant">The settings.</param>
    /// <param name="runs">At least one, all of the same number of epochs.</param>
    /// <param name="trainRows">Rows of an epoch.</param>
    public static RunResult Of(GridVariant variant, IReadOnlyList<SeedResult> runs, int trainRows)
    {
        double seconds = Statistics.Median(runs.Select(run => run.SecondsPerEpoch));
        return new RunResult
        {
            Optimizer = variant.Optimizer,
            Choice = variant.Choice,
            Label = variant.Label,
            LearningRate = variant.Rule.LearningRate,
            BatchSize = variant.BatchSize,
            Initializer = variant.Initializer,
            Schedule = variant.Schedule,
            Hyperparameters = Hyperparameters(variant.Rule),
            Epochs = [.. Enumerable.Range(0, runs[0].Epochs.Count).Select(i => Mean([.. runs.Select(run => run.Epochs[i])]))],
            TestLoss = runs.Average(run => run.TestLoss),
            TestAccuracy = runs.Average(run => run.TestAccuracy),
            TestAccuracyDeviation = Statistics.Deviation([.. runs.Select(run => run.TestAccuracy)]),
            SecondsPerEpoch = seconds,
            SamplesPerSecond = trainRows / seconds,
            Seeds = runs,
        };
    }

    private static EpochNumbers Mean(EpochNumbers[] epochs) => epochs.Length == 1 ? epochs[0] : epochs[0] with
    {
        Loss = epochs.Average(e => e.Loss),
        Accuracy = epochs.Average(e => e.Accuracy),
        ValLoss = epochs.Average(e => e.ValLoss),
        ValAccuracy = epochs.Average(e => e.ValAccuracy),
        Seconds = epochs.Average(e => e.Seconds),
        SamplesPerSecond = epochs.Average(e => e.SamplesPerSecond),
    };

    /// <summary>All settings of a rule.</summary>
    public static JsonObject Hyperparameters(OptimizerRule rule) => new(rule.GetSettings().Select(setting =>
        KeyValuePair.Create<string, JsonNode?>(setting.Key, setting.Value switch
        {
            double number => JsonValue.Create(number),
            int whole => JsonValue.Create(whole),
            bool flag => JsonValue.Create(flag),
            null => null,
            object other => JsonValue.Create(other.ToString()),
        })));
}
