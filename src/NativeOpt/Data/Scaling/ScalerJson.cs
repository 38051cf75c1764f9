using System.Globalization;
using System.Text.Json;
using NativeOpt.Saving;
using NativeOpt.Text;

namespace NativeOpt.Data.Scaling;

/// <summary>Scalers as JSON.</summary>
internal static class ScalerJson
{
    private const string Format = "nativeopt-scaler/1";

    private static readonly string[] Kinds = [new StandardScaler().Kind, new MinMaxScaler().Kind];

    public static string Write(FeatureScaler scaler) => FormattedJson.Write(Format, json =>
    {
        json.WriteString("type", scaler.Kind);
        WriteSettings(json, scaler);
        foreach ((string name, IReadOnlyList<double> values) in scaler.Learnt)
            WriteNumbers(json, name, values);
    });

    public static FeatureScaler Read(string text) =>
        FormattedJson.Read(text, Format, fields => Read(fields, fields.Text("type")));

    private static void WriteSettings(Utf8JsonWriter json, FeatureScaler scaler)
    {
        if (scaler is StandardScaler standard)
        {
            json.WriteBoolean("with_mean", standard.WithMean);
            json.WriteBoolean("with_std", standard.WithStd);
        }
        else if (scaler is MinMaxScaler range)
        {
            WriteNumbers(json, "feature_range", [range.FeatureRange.Low, range.FeatureRange.High]);
            json.WriteBoolean("clip", range.Clip);
        }
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private static FeatureScaler Read(JsonFields fields, string kind)
    {
        if (kind == Kinds[0])
        {
            var standard = new StandardScaler { WithMean = fields.Flag("with_mean", true), WithStd = fields.Flag("with_std", true) };
            (double[] mean, double[] variance) = Pair(fields, "mean", "variance");
            if (Array.Exists(variance, value => value < 0))
                throw new ArgumentException("variance has a negative number");
            standard.Restore(mean, variance);
            return standard;
        }
        if (kind != Kinds[1])
            throw new ArgumentException(NearestName.Explain("type", kind, Kinds));
        double[] range = Numbers(fields, "feature_range");
        if (range.Length != 2)
            throw new ArgumentException($"feature_range has {range.Length} numbers; it must have 2");
        var scaler = new MinMaxScaler { FeatureRange = (range[0], range[1]), Clip = fields.Flag("clip", false) };
        (double[] minimum, double[] maximum) = Pair(fields, "minimum", "maximum");
        if (minimum.Zip(maximum).Any(pair => pair.First > pair.Second))
            throw new ArgumentException("a number of minimum is above that of maximum");
        scaler.Restore(minimum, maximum);
        return scaler;
    }

    private static (double[] First, double[] Second) Pair(JsonFields fields, string first, string second)
    {
        (double[] left, double[] right) = (Numbers(fields, first), Numbers(fields, second));
        return left.Length == right.Length && left.Length > 0
            ? (left, right)
            : throw new ArgumentException(
                $"{first} has {left.Length} numbers, {second} {right.Length}; both must have one for each column");
    }

    private static double[] Numbers(JsonFields fields, string name)
    {
        if (fields.Find(name) is not { ValueKind: JsonValueKind.Array } list)
            throw new ArgumentException($"{name} must be a list of numbers");
        var values = new double[list.GetArrayLength()];
        for (int i = 0; i < values.Length; i++)
        {
            JsonElement item = list[i];
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetDouble(out values[i]) || !double.IsFinite(values[i]))
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture, $"{name}[{i}] is {item.GetRawText()}; it must be a finite number"));
        }
        return values;
    }
}
