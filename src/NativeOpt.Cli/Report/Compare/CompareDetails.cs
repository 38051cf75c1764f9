using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NativeOpt.Cli.Comparison;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Report.Compare;

/// <summary>Everything that is needed to run it again.</summary>
internal static class CompareDetails
{
    public static IEnumerable<(string, string)> Optimizers(ComparisonResults results) =>
        results.Runs.Select(run => (run.Label, Hyperparameters(run.Hyperparameters)));

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
        yield return ("Batch size", Count(results.Training.BatchSize));
        yield return ("Seed", results.Training.Seed.ToString(CultureInfo.InvariantCulture));
        yield return ("Learning rate", results.Training.LearningRate is { } rate ? $"{Number(rate)} for all" : "each optimizer's own");
    }

    /// <summary>"learning_rate = 0.01, momentum = 0.9, nesterov": what is off, 0 or Keras' way is left out.</summary>
    private static string Hyperparameters(JsonObject settings) => string.Join(", ", settings
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
