using System.Globalization;
using System.Text.Json;
using NativeOpt.Losses;
using NativeOpt.Text;

namespace NativeOpt.Saving;

/// <summary>Reads what <see cref="ModelWriter"/> writes.</summary>
internal static class ModelReader
{
    /// <summary>What messages call the whole.</summary>
    public const string Root = "the model";

    /// <summary>The model of a text.</summary>
    /// <exception cref="ArgumentException">The text is not JSON, or not of a model, or has an unknown name or a wrong setting.</exception>
    public static Sequential Read(string text, BackendKind backend)
    {
        using JsonDocument document = Parse(text);
        var fields = new JsonFields(document.RootElement, Root);
        string format = fields.Text("format");
        if (format != ModelFormat.Version)
            throw new ArgumentException($"format is '{format}'; this version of the library reads '{ModelFormat.Version}'");
        long? seed = fields.OptionalWhole("seed");
        long? inputColumns = fields.OptionalWhole("input_columns");
        List<Layer> layers = [.. fields.Objects("layers").Select(layer => layer.At(() => ReadLayer(layer)))];
        JsonFields? compile = fields.OptionalObject("compile");
        fields.Finish();
        Sequential model = seed is { } given ? new Sequential(given, layers) : new Sequential(layers);
        try
        {
            if (compile is not null)
                Compile(model, compile, backend);
            if (inputColumns is { } columns)
                model.Build(columns is >= 1 and <= int.MaxValue ? (int)columns : throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"input_columns is {columns}; it must be 1 to {int.MaxValue}")));
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static JsonDocument Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException exception)
        {
            throw new ArgumentException(
                $"json is malformed at {MalformedJson.Position(exception)}: {MalformedJson.Reason(exception)}.", exception);
        }
    }

    private static Layer ReadLayer(JsonFields fields)
    {
        Layer layer = LayerForms.Table.Find(fields.Text("type")).Read(ReadSettings(fields));
        if (fields.OptionalText("name") is { } name)
        {
            Layer.CheckName(name);
            layer.Name = name;
        }
        layer.Trainable = fields.Flag("trainable", true);
        if (fields.OptionalText("activity_regularizer") is { } penalty)
            layer.ActivityRegularizer = Regularizer.Parse(penalty);
        fields.Finish();
        return layer;
    }

    private static void Compile(Sequential model, JsonFields fields, BackendKind backend)
    {
        OptimizerRule rule = ReadRule(fields);
        JsonFields loss = fields.OptionalObject("loss") ?? throw new ArgumentException($"{fields.Place}.loss is missing");
        Loss found = loss.At(() => ReadLoss(loss));
        Metric[] metrics = [.. fields.Objects("metrics").Select(metric => metric.At(() => ReadMetric(metric)))];
        JsonFields? schedules = fields.OptionalObject("schedules");
        fields.Finish();
        model.Compile(rule, found, metrics, backend);
        foreach (JsonProperty setting in schedules is null ? [] : schedules.All.ToArray())
            model.Optimizer!.Schedules[setting.Name] = schedules!.At(() => Schedule.Parse(schedules!.Text(setting.Name)));
    }

    private static OptimizerRule ReadRule(JsonFields fields)
    {
        string text = fields.Text("optimizer");
        JsonFields[] rules = [.. fields.Objects("rules")];
        JsonFields? settings = fields.OptionalObject("settings");
        JsonFields[] wrappers = [.. fields.Objects("wrappers")];
        if (rules.Length == 0)
            return fields.At(() => OptimizerRule.Parse(text));
        OptimizerRule several = new MultiOptimizer(
            rules.Select(rule => (rule.Text("pattern"), rule.At(() => OptimizerRule.Parse(rule.Text("rule"))))));
        several = Write(several, settings);
        foreach (JsonFields wrapper in wrappers.Reverse())
            several = wrapper.At(() => ReadWrapper(wrapper, several));
        return several;
    }

    private static OptimizerRule ReadWrapper(JsonFields fields, OptimizerRule inner)
    {
        string name = fields.Text("name");
        return OptimizerRule.FromName(name) is WrapperRule wrapper
            ? Write(wrapper.Around(inner), fields.OptionalObject("settings"))
            : throw new ArgumentException($"name is '{name}'; an optimizer with an inner rule was expected");
    }

    private static OptimizerRule Write(OptimizerRule rule, JsonFields? settings)
    {
        foreach (JsonProperty setting in settings is null ? [] : settings.All.ToArray())
            rule = settings!.At(() => rule.FindSetting(setting.Name).Write(rule, settings.Text(setting.Name)));
        return rule;
    }

    private static Loss ReadLoss(JsonFields fields)
    {
        string type = fields.Text("type");
        string? reduction = fields.OptionalText("reduction");
        ScheduleSettings settings = ReadSettings(fields);
        fields.Finish();
        if (LossForms.Table.TryFind(type) is not { } form)
        {
            settings.RequireAllAsked(type);
            return Loss.FromName(type);
        }
        Loss loss = form.Read(settings);
        return reduction is null ? loss : loss with
        {
            Reduction = Enum.TryParse(reduction, ignoreCase: true, out Reduction value)
                ? value
                : throw new ArgumentException(NearestName.Explain("reduction", reduction, Enum.GetNames<Reduction>())),
        };
    }

    private static Metric ReadMetric(JsonFields fields)
    {
        string type = fields.Text("type");
        string name = fields.OptionalText("name") ?? type;
        bool isWeighted = fields.Flag("weighted", false), isNegative = fields.Flag("negative", false);
        JsonFields? loss = fields.OptionalObject("loss");
        ScheduleSettings settings = ReadSettings(fields);
        fields.Finish();
        Metric metric = loss is not null ? new LossMetric(loss.At(() => ReadLoss(loss)), isNegative ? -1 : 1)
            : MetricForms.Table.TryFind(type) is { } form ? form.Read(settings)
            : Metric.FromName(type);
        return metric.Named(name, isWeighted);
    }

    private static ScheduleSettings ReadSettings(JsonFields fields)
    {
        var settings = new ScheduleSettings();
        if (fields.OptionalObject("settings") is not { } values)
            return settings;
        foreach (JsonProperty property in values.All)
        {
            if (settings.Contains(property.Name))
                throw new ArgumentException($"settings has {property.Name} twice");
            settings[property.Name] = ReadValue(property.Value);
        }
        return settings;
    }

    private static object? ReadValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out long whole) ? whole : value.GetDouble(),
        JsonValueKind.Array => value.EnumerateArray().Select(ReadValue).ToArray(),
        _ => Schedule.Parse(new JsonFields(value, "schedule").Text("schedule")),
    };
}
