using System.Globalization;
using System.Text.Json.Nodes;
using NativeOpt.Cli.Output;

namespace NativeOpt.Cli.Models;

/// <summary>Writes predictions row by row, as a table or as one JSON object a line.</summary>
internal sealed class PredictionWriter(TextWriter output, OutputReading reading, PredictSettings settings)
{
    private readonly double[] _probabilities = new double[reading.ClassNames.Count];
    private long _row;

    /// <summary>The head of the table.</summary>
    public void WriteHeader()
    {
        if (settings.Json)
            return;
        IEnumerable<string> values = !reading.IsClass ? reading.ValueNames
            : !reading.HasProbabilities ? ["prediction"]
            : settings.Probabilities ? ["prediction", .. reading.ClassNames.Select(name => $"p({name})")]
            : ["prediction", "probability"];
        WriteLine(settings.Keep.Concat(values));
    }

    /// <summary>A row.</summary>
    public void Write(IEnumerable<string> kept, float[,] outputs, int row)
    {
        _row++;
        int? best = reading.IsClass ? reading.ReadClass(outputs, row, _probabilities) : null;
        if (settings.Json)
            output.WriteLine(ToJson(kept, outputs, row, best).ToJsonString(JsonText.OneLine));
        else
            WriteLine(kept.Concat(best is { } found ? ClassCells(found) : NumberCells(outputs, row)));
    }

    private IEnumerable<string> ClassCells(int best)
    {
        yield return reading.ClassNames[best];
        if (!reading.HasProbabilities)
            yield break;
        foreach (double probability in settings.Probabilities ? _probabilities : [_probabilities[best]])
            yield return Text((float)probability);
    }

    private static IEnumerable<string> NumberCells(float[,] outputs, int row) =>
        Enumerable.Range(0, outputs.GetLength(1)).Select(column => Text(outputs[row, column]));

    private JsonObject ToJson(IEnumerable<string> kept, float[,] outputs, int row, int? best)
    {
        var line = new JsonObject { ["row"] = _row };
        foreach ((string name, string text) in settings.Keep.Zip(kept))
            line[name] = text;
        if (best is not { } found)
        {
            for (int column = 0; column < outputs.GetLength(1); column++)
                line[reading.ValueNames[column]] = Number(outputs[row, column]);
            return line;
        }
        line["prediction"] = reading.ClassNames[found];
        if (reading.HasProbabilities && settings.Probabilities)
            line["probabilities"] = new JsonObject(reading.ClassNames.Select((name, i) =>
                KeyValuePair.Create<string, JsonNode?>(name, Number((float)_probabilities[i]))));
        else if (reading.HasProbabilities)
            line["probability"] = Number((float)_probabilities[found]);
        return line;
    }

    // JSON has no NaN and no infinity.
    private static JsonValue? Number(float value) => float.IsFinite(value) ? JsonValue.Create(value) : null;

    private static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    private void WriteLine(IEnumerable<string> cells)
    {
        output.Write(string.Join(settings.Table.Delimiter, cells.Select(cell => Csv.Field(cell, settings.Table.Delimiter))));
        output.Write('\n');
    }
}
