using System.Text.Json.Nodes;
using NativeOpt.Cli.Models;
using NativeOpt.Cli.Report.Blocks;
using NativeOpt.Cli.Report.Charts;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Report;

/// <summary>What the report of `nativeopt train` shows.</summary>
internal static class TrainingReport
{
    private const string Validation = "val_";

    /// <param name="results">All numbers.</param>
    /// <param name="files">The other files of the folder.</param>
    public static ReportPage Create(TrainingResults results, IReadOnlyList<string> files) => new($"A model of {results.Dataset.Title}")
    {
        Subtitles =
        [
            $"{results.Model.Optimizer} \u00b7 {results.Model.Loss} \u00b7 {Count(results.Model.Parameters)} parameters",
            MachineFacts.Line(results.Machine),
        ],
        Verdict = [.. Verdict(results)],
        Sections =
        [
            new("Learning curves", new FigureGroup([.. Curves(results)])),
            new("Learning rate and time", new FigureGroup([.. RateAndTime(results)])),
            new("Layers", new FactList(results.Model.Layers.Select((layer, i) => ($"{i + 1}", layer)))),
            new("Settings", new FactList(Settings(results.Recipe))),
            new("Machine", new FactList(MachineFacts.Of(results.Machine))),
        ],
        Files = files,
        Version = results.Version,
        Started = results.Started,
    };

    private static IEnumerable<VerdictSentence> Verdict(TrainingResults results)
    {
        if (!results.Finished)
            yield return new($"Interrupted after epoch {results.Epochs.Count}.", IsWarning: true);
        else if (results.StoppedBecause is { } reason)
            yield return new($"Stopped after epoch {results.Epochs.Count}: {reason}.",
                IsWarning: !double.IsFinite(results.Epochs[^1].Of("loss")));
        string model = results.ModelEpoch == results.Epochs.Count
            ? "After the last epoch" : $"With the weights of epoch {results.ModelEpoch}";
        EpochRow row = results.Epochs[results.ModelEpoch - 1];
        string[] held = [.. row.Values.Where(value => value.Key.StartsWith(Validation, StringComparison.Ordinal)).Select(Words)];
        string validation = held.Length == 0
            ? "" : $"{Sentences.List(held)} on {Count(results.Dataset.ValidationSamples)} samples held out";
        string test = results.Test is not { } numbers ? ""
            : $"{Sentences.List([.. numbers.Select(Words)])} on {Count(results.Dataset.TestSamples)} test samples";
        string[] parts = [.. new[] { validation, test }.Where(part => part.Length > 0)];
        if (parts.Length > 0)
            yield return new($"{model}: {string.Join("; ", parts)}.");
    }

    private static string Words(KeyValuePair<string, double> value) => $"{value.Key} {Measure(value.Key, value.Value)}";

    /// <summary>The loss and each metric, training solid and validation dashed.</summary>
    private static IEnumerable<LineChart> Curves(TrainingResults results)
    {
        foreach (string name in results.Model.Metrics.Prepend("loss"))
        {
            ChartAxis axis = name == "loss" ? ChartAxis.Loss
                : IsShare(name) ? ChartAxis.Accuracy with { Name = name }
                : new ChartAxis(name) { ClipsFar = true, HasLogarithmSwitch = true };
            IEnumerable<Series> lines = new[] { (Key: name, Variant: "training"), (Key: Validation + name, Variant: "validation") }
                .Where(line => results.Epochs.Any(row => row.Values.ContainsKey(line.Key)))
                .Select(line => Series.OverEpochs(name, 0, [.. results.Epochs.Select(row => row.Of(line.Key))]) with
                {
                    Variant = line.Variant,
                    Dashed = line.Variant == "validation",
                });
            yield return new LineChart($"{char.ToUpperInvariant(name[0])}{name[1..]}", ChartAxis.Epoch, axis, [.. lines])
            {
                File = "history.csv",
            };
        }
    }

    private static IEnumerable<LineChart> RateAndTime(TrainingResults results)
    {
        yield return OverEpochs("Learning rate", ChartAxis.LearningRate with { Show = Number }, row => row.Of(EpochLog.LearningRate));
        yield return OverEpochs("Time per epoch", ChartAxis.Elapsed, row => row.Seconds);

        LineChart OverEpochs(string title, ChartAxis axis, Func<EpochRow, double> value) =>
            new(title, ChartAxis.Epoch, axis, [Series.OverEpochs("", 0, [.. results.Epochs.Select(value)])]);
    }

    private static IEnumerable<(string, string)> Settings(JsonObject recipe) => recipe
        .Where(setting => setting.Key is not ("format" or "layers"))
        .Select(setting => (setting.Key, setting.Value is JsonArray list ? string.Join(", ", list) : $"{setting.Value}"));
}
