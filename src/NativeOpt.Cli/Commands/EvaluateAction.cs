using System.Text.Json.Nodes;
using NativeOpt.Cli.Display;
using NativeOpt.Cli.Loading;
using NativeOpt.Cli.Models;
using NativeOpt.Cli.Output;
using NativeOpt.Text;

namespace NativeOpt.Cli.Commands;

/// <summary>What `nativeopt evaluate` does once its settings are known.</summary>
internal static class EvaluateAction
{
    /// <returns>The exit code.</returns>
    /// <exception cref="InputException">Model or data cannot be used, or do not fit together.</exception>
    public static int Run(EvaluateSettings settings, Terminal terminal)
    {
        Preparation.Of(settings.Backend, settings.Threads);
        using ModelFile model = ModelFile.Load(settings.Model, settings.Backend);
        InMemoryDataset data = Load(settings, model.Preprocessing);
        EvaluationResult result = Evaluate(settings, model, data);
        if (settings.Json)
            terminal.Output.WriteLine(JsonText.Write(ToJson(settings, data.Count, result)));
        else
            terminal.Output.WriteLine($"{NumberText.Count(data.Count)} samples: "
                + string.Join(", ", result.Logs.Select(entry => $"{entry.Key} {NumberText.Measure(entry.Key, entry.Value)}")));
        return ExitCode.Success;
    }

    /// <summary>A table becomes what that of the training became; other data are what they are.</summary>
    private static InMemoryDataset Load(EvaluateSettings settings, Preprocessing preprocessing)
    {
        if (settings.Data.Csv is { } csv && preprocessing.Encoding is { } encoding)
            return DataLoader.Read(settings.Data, () =>
            {
                CsvDataset table = CsvDataset.Load(csv, encoding, InputReading.SettingsFor(preprocessing, settings.Data.CsvSettings));
                return new InMemoryDataset(table.X, table.Y);
            });
        LoadedData data = DataLoader.Load(settings.Data);
        return settings.Train ? data.Train : data.Test ?? data.Train;
    }

    private static EvaluationResult Evaluate(EvaluateSettings settings, ModelFile model, InMemoryDataset data)
    {
        int inputs = model.Model.Layers[0].InputColumns;
        if (data.InputColumns != inputs)
            throw new InputException($"{settings.Data.Argument}; it has {data.InputColumns} inputs, the model takes {inputs}");
        try
        {
            return model.Model.Evaluate(model.Preprocessing.Apply(data), settings.BatchSize);
        }
        catch (ArgumentException e)
        {
            throw new InputException($"{settings.Data.Argument}; {ArgumentFailure.Sentence(e)}", e);
        }
    }

    private static JsonObject ToJson(EvaluateSettings settings, int samples, EvaluationResult result)
    {
        var json = new JsonObject { ["model"] = settings.Model, ["samples"] = samples };
        foreach ((string name, double value) in result.Logs)
            json[name] = double.IsFinite(value) ? value : null;
        return json;
    }
}
