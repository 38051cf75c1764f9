using System.Text.Json;
using System.Text.Json.Nodes;
using NativeOpt.Cli.Comparison;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Report.Compare;

/// <summary>Everything that is needed to run it again.</summary>
internal static class CompareDetails
{
    /// <summary>The optimizers with all settings; a learning rate that varies is in the table.</summary>
    public static IEnumerable<(string, string)> Optimizers(ComparisonResults results) => results.Runs
        .GroupBy(run => run.Choice.Length > 0 ? run.Choice : run.Label)
        .Select(runs => (runs.Key, Hyperparameters(
            runs.First().Hyperparameters, withRate: runs.Select(run => (run.LearningRate, run.Schedule)).Distinct().Count() == 1)));

    public static IEnumerable<(string, string)> Training(ComparisonResults results)
    {
        DatasetInfo data = results.Dataset;
        yield return ("Data", $"{data.Title}: {Count(data.Inputs)} inputs, {data.Classes} classes");
        yield return ("Samples",
            $"{Count(data.TrainSamples)} training, {Count(data.ValidationSamples)} validation, {Count(data.TestSamples)} test");
        yield return ("Network", $"Dense {CompareSentences.Network(results.Network)}");
        yield return ("Parameters", Count(results.Network.Parameters));
        yield return ("Loss", results.Network.Loss);
        yield return ("Epochs", Count(results.Training.Epochs));
        yield return ("Batch size", string.Join(", ", results.Training.BatchSizes.DefaultIfEmpty(results.Training.BatchSize)));
        string further = results.Training.Seeds > 1 ? $" to {results.Training.Seed + results.Training.Seeds - 1}" : "";
        yield return ("Seed", Plain(results.Training.Seed) + further);
        yield return ("Learning rate", LearningRate(results.Training));
        if (results.Training.Initializers.Count > 0)
            yield return ("Initialisation", string.Join(", ", results.Training.Initializers));
        if (results.Training.Schedules.Any(schedule => schedule != CompareSettings.NoSchedule))
            yield return ("Schedules", string.Join("; ", results.Training.Schedules));
    }

    private static string LearningRate(TrainingInfo training) => training.LearningRates.Count > 1
        ? string.Join(", ", training.LearningRates.Select(Number))
        : training.LearningRate is { } rate ? $"{Number(rate)} for all" : "each optimizer's own";

    /// <summary>Settings that every optimizer has, as they are where nobody has changed them.</summary>
    private static readonly Dictionary<string, string> Usual = SeedSummary.Hyperparameters(OptimizerRule.FromName("sgd"))
        .Where(setting => OptimizerRule.SharedSettingNames.Contains(setting.Key))
        .ToDictionary(setting => setting.Key, setting => $"{setting.Value}");

    /// <summary>"learning_rate = 0.01, momentum = 0.9, nesterov": what is off, 0, Keras' way, or a default of all
    /// optimizers is left out.</summary>
    private static string Hyperparameters(JsonObject settings, bool withRate) => string.Join(", ", settings
        .Where(setting => withRate || setting.Key != "learning_rate")
        .Where(setting => !Usual.TryGetValue(setting.Key, out string? usual) || $"{setting.Value}" != usual)
        .Select(setting => setting.Value?.GetValueKind() switch
        {
            JsonValueKind.Number when (double)setting.Value is var number and not 0 => $"{setting.Key} = {Number(number)}",
            JsonValueKind.True => setting.Key,
            JsonValueKind.String when setting.Key == "convention" && (string?)setting.Value == "keras" => null,
            JsonValueKind.String => $"{setting.Key} = {(string?)setting.Value}",
            _ => null,
        })
        .OfType<string>());
}
