using System.Text.Json;
using NativeOpt.Saving;

namespace NativeOpt.Cli.Loading;

/// <summary>
/// What lies between a table and the numbers of a model, on both sides: how columns become inputs, how these are scaled, what the outputs
/// mean. Saved with the model, so that it takes tables as they are.
/// </summary>
internal sealed record Preprocessing
{
    private const string Format = "nativeopt-preprocessing/1", Note = "preprocessing";

    /// <summary>What the columns of a table become; null where the model was not trained on one.</summary>
    public CsvEncoding? Encoding { get; init; }

    /// <summary>Texts of the table that count as empty.</summary>
    public IReadOnlyList<string> MissingMarkers { get; init; } = [];

    /// <summary>Applied to the inputs; null: they stay as they are.</summary>
    public FeatureScaler? Scaler { get; init; }

    /// <summary>What the classes are called; none where the target is a number.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>Whether classes are rows of 0 and a 1 for the loss, not numbers.</summary>
    public bool OneHot { get; init; }

    /// <summary>Learns the scaling from the rows for training.</summary>
    /// <param name="data">What was read.</param>
    /// <param name="scale">The kind.</param>
    /// <param name="validationSplit">Share of the training rows, the last ones, that are not learnt from.</param>
    /// <param name="missingMarkers">Texts of the table that count as empty.</param>
    public static Preprocessing Fit(LoadedData data, ScaleKind scale, double validationSplit, IReadOnlyList<string> missingMarkers)
    {
        FeatureScaler? scaler = (scale, data.IsPictures) switch
        {
            (ScaleKind.Standard, _) or (ScaleKind.Auto, false) => new StandardScaler(),
            (ScaleKind.MinMax, _) => new MinMaxScaler(),
            _ => null,
        };
        int rows = Math.Max(1, (int)Math.Floor(data.Train.Count * (1 - validationSplit)));
        scaler?.Fit(rows == data.Train.Count ? data.Train.X : data.Train.X.SelectRows([.. Enumerable.Range(0, rows)]));
        return new Preprocessing
        {
            Encoding = data.Encoding,
            MissingMarkers = missingMarkers,
            Scaler = scaler,
            ClassNames = data.ClassNames,
        };
    }

    /// <summary>Inputs as the model takes them.</summary>
    public Features Apply(Features x) => Scaler is null ? x : Scaler.Transform(x);

    /// <summary>Inputs and targets as the model takes them.</summary>
    public InMemoryDataset Apply(InMemoryDataset data) => Scaler is null && !OneHot ? data : new InMemoryDataset(
        Apply(data.X), OneHot && data.Y.HasLabels ? NativeOpt.OneHot.Encode(data.Y, ClassNames.Count) : data.Y);

    /// <summary>Puts it into the notes of a model.</summary>
    public void WriteTo(Model model) => model.Notes[Note] = ToJson();

    /// <summary>That of a model; one without any where it has none.</summary>
    /// <exception cref="InvalidDataException">The note is damaged.</exception>
    public static Preprocessing Of(Model model)
    {
        if (!model.Notes.TryGetValue(Note, out string? text))
            return new Preprocessing();
        try
        {
            return FromJson(text);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"the model's {Note}: {e.Message}", e);
        }
    }

    /// <summary>As JSON.</summary>
    public string ToJson() => FormattedJson.Write(Format, json =>
    {
        json.WriteBoolean("one_hot", OneHot);
        WriteTexts(json, "classes", ClassNames);
        WriteTexts(json, "missing", MissingMarkers);
        // Texts inside of the text: each of them has a form of its own.
        if (Encoding is not null)
            json.WriteString("encoding", Encoding.ToJson());
        if (Scaler is not null)
            json.WriteString("scaler", Scaler.ToJson());
    });

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public static Preprocessing FromJson(string text) => FormattedJson.Read(text, Format, fields => new Preprocessing
    {
        OneHot = fields.Flag("one_hot", false),
        ClassNames = ReadTexts(fields, "classes"),
        MissingMarkers = ReadTexts(fields, "missing"),
        Encoding = fields.OptionalText("encoding") is { } encoding ? CsvEncoding.FromJson(encoding) : null,
        Scaler = fields.OptionalText("scaler") is { } scaler ? FeatureScaler.FromJson(scaler) : null,
    });

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string[] ReadTexts(JsonFields fields, string name) => fields.Find(name) is { ValueKind: JsonValueKind.Array } texts
        ? [.. texts.EnumerateArray().Select(text => text.ToString())]
        : [];
}
