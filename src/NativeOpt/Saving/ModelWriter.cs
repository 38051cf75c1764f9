using System.Collections;
using System.Globalization;
using System.Text.Json;
using NativeOpt.Losses;
using NativeOpt.Training;

namespace NativeOpt.Saving;

/// <summary>Writes a model as JSON, without its weights. Settings at their defaults are left out.</summary>
internal sealed class ModelWriter(Utf8JsonWriter json)
{
    /// <summary>The text.</summary>
    /// <exception cref="NotSupportedException">Something has no name that it could be written under.</exception>
    public static string Write(Sequential model, CompileSettings? settings) =>
        FormattedJson.Write(ModelFormat.Version, json => new ModelWriter(json).WriteModel(model, settings));

    private void WriteModel(Sequential model, CompileSettings? settings)
    {
        json.WriteNumber("seed", model.Seed);
        if (model.IsBuilt)
            json.WriteNumber("input_columns", model.Layers[0].InputColumns);
        json.WriteStartArray("layers");
        foreach (Layer layer in model.Layers)
            WriteLayer(layer);
        json.WriteEndArray();
        if (settings is not null)
            WriteCompile(settings);
    }

    private void WriteLayer(Layer layer)
    {
        ObjectForm<Layer> form = LayerForms.Table.Of(layer) ?? throw new NotSupportedException(
            $"layer '{layer.Name}' cannot be written down: {layer.GetType().Name} has no name; Layer.Register gives it one");
        json.WriteStartObject();
        json.WriteString("type", form.Name);
        json.WriteString("name", layer.Name);
        if (!layer.Trainable)
            json.WriteBoolean("trainable", false);
        if (layer.ActivityRegularizer is { } penalty)
            json.WriteString("activity_regularizer", ModelFormat.TextOf(penalty));
        WriteSettings(form.Write(layer));
        json.WriteEndObject();
    }

    private void WriteCompile(CompileSettings settings)
    {
        json.WriteStartObject("compile");
        WriteOptimizer(settings.Optimizer);
        json.WriteStartObject("loss");
        WriteLoss(settings.Loss);
        json.WriteEndObject();
        json.WriteStartArray("metrics");
        foreach (Metric metric in settings.Metrics)
            WriteMetric(metric);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteOptimizer(Optimizer optimizer)
    {
        OptimizerRule rule = optimizer.CurrentRule;
        if ((rule is WrapperRule outer ? outer.Innermost : rule) is MultiOptimizer multi)
        {
            json.WriteString("optimizer", multi.Name);
            WriteChangedSettings("settings", multi.GetChangedSettings());
            json.WriteStartArray("wrappers");
            for (OptimizerRule next = rule; next is WrapperRule wrapper; next = wrapper.Inner)
            {
                json.WriteStartObject();
                json.WriteString("name", wrapper.Name);
                // The first setting is the inner rule.
                WriteChangedSettings("settings", wrapper.GetChangedSettings().Skip(1));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("rules");
            foreach (PatternRule entry in multi.Rules)
            {
                json.WriteStartObject();
                json.WriteString("pattern", entry.Pattern);
                json.WriteString("rule", ModelFormat.TextOf(entry.Rule));
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        else
        {
            json.WriteString("optimizer", ModelFormat.TextOf(rule));
        }
        json.WriteStartObject("schedules");
        foreach ((string setting, Schedule schedule) in optimizer.Schedules.All)
            json.WriteString(setting, schedule.ToString());
        json.WriteEndObject();
    }

    private void WriteChangedSettings(string property, IEnumerable<(string Name, string Value)> settings)
    {
        json.WriteStartObject(property);
        foreach ((string name, string value) in settings)
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    private void WriteLoss(Loss loss)
    {
        if (LossForms.Table.Of(loss) is { } form)
        {
            json.WriteString("type", form.Name);
            if (loss.Reduction != default)
                json.WriteString("reduction", loss.Reduction.ToString());
            WriteSettings(form.Write(loss));
        }
        else
        {
            json.WriteString("type", ModelFormat.TextOf("loss", loss, loss.Name, LossNames.Known(), Loss.FromName));
        }
    }

    private void WriteMetric(Metric metric)
    {
        json.WriteStartObject();
        ObjectForm<Metric>? form = MetricForms.Table.Of(metric);
        if (metric is LossMetric ofLoss)
        {
            json.WriteString("type", "loss");
            json.WriteBoolean("negative", ofLoss.IsNegative);
            json.WriteStartObject("loss");
            WriteLoss(ofLoss.Loss);
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("type", form?.Name ?? NameOfRegistered(metric));
        }
        json.WriteString("name", metric.Name);
        if (metric.Weighted)
            json.WriteBoolean("weighted", true);
        if (form is not null)
            WriteSettings(form.Write(metric));
        json.WriteEndObject();
    }

    private static string NameOfRegistered(Metric metric)
    {
        try
        {
            if (Metric.FromName(metric.Name).GetType() == metric.GetType())
                return metric.Name;
        }
        catch (ArgumentException)
        {
            // No such name: as for another type.
        }
        throw new NotSupportedException(
            $"metric '{metric.Name}' cannot be written down: {metric.GetType().Name} is not what that name means; Metric.Register says so");
    }

    private void WriteSettings(ScheduleSettings settings)
    {
        if (settings.Names.Count == 0)
            return;
        json.WriteStartObject("settings");
        foreach (string name in settings.Names)
        {
            json.WritePropertyName(name);
            WriteValue(settings[name]);
        }
        json.WriteEndObject();
    }

    private void WriteValue(object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case string text: json.WriteStringValue(text); break;
            case double number: json.WriteNumberValue(number); break;
            case float or int or long: json.WriteRawValue(Convert.ToString(value, CultureInfo.InvariantCulture)!); break;
            case Enum choice: json.WriteStringValue(choice.ToString()); break;
            case Schedule schedule:
                json.WriteStartObject();
                json.WriteString("schedule", schedule.ToString());
                json.WriteEndObject();
                break;
            case IEnumerable list:
                json.WriteStartArray();
                foreach (object? item in list)
                    WriteValue(item);
                json.WriteEndArray();
                break;
            default: throw new NotSupportedException($"a setting is a {value.GetType().Name}, which cannot be written down");
        }
    }
}
