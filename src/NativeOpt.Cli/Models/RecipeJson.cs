using System.Text.Json.Nodes;
using NativeOpt.Cli.Loading;
using NativeOpt.Cli.Output;
using NativeOpt.Text;

namespace NativeOpt.Cli.Models;

/// <summary>
/// recipe.json: the settings of a training as JSON, under the names of the command's options with '_' instead of '-'. It has all of them,
/// those at their defaults too, so that it means the same in later versions.
/// </summary>
internal static class RecipeJson
{
    /// <summary>Names this layout.</summary>
    public const string Format = "nativeopt-recipe/1";

    /// <summary>The settings of a training.</summary>
    public static JsonObject Write(TrainSettings settings)
    {
        var recipe = new JsonObject { ["format"] = Format };
        WriteData(recipe, settings.Data);
        recipe["scale"] = settings.Scale.ToString().ToLowerInvariant();
        WriteModel(recipe, settings.Model);
        recipe["epochs"] = settings.Epochs;
        recipe["batch_size"] = settings.BatchSize;
        recipe["validation_split"] = settings.ValidationSplit;
        recipe["monitor"] = settings.Watched;
        Add(recipe, "early_stopping", settings.EarlyStopping);
        Add(recipe, "reduce_lr", settings.ReduceRate);
        if (settings.ReduceRate is not null)
            recipe["reduce_lr_factor"] = settings.ReduceFactor;
        Add(recipe, "checkpoint_steps", settings.CheckpointSteps);
        return recipe;
    }

    /// <summary>The text of a recipe.</summary>
    public static string TextOf(JsonObject recipe) => JsonText.Write(recipe) + "\n";

    private static void WriteData(JsonObject recipe, DataChoice data)
    {
        Add(recipe, "dataset", data.Dataset);
        Add(recipe, "data_dir", data.Directory);
        // Full paths: a recipe is used from other folders too.
        Add(recipe, "csv", data.Csv is { } csv ? Path.GetFullPath(csv) : null);
        Add(recipe, "npz", data.Npz is { } npz ? Path.GetFullPath(npz) : null);
        if (data.Csv is not null)
            WriteTable(recipe, data);
        recipe["test_split"] = data.TestSplit;
    }

    private static void WriteTable(JsonObject recipe, DataChoice data)
    {
        CsvSettings settings = data.CsvSettings;
        recipe["target"] = data.Target;
        recipe["target_kind"] = settings.Target.ToString().ToLowerInvariant();
        recipe["delimiter"] = settings.Delimiter == '\t' ? "tab" : settings.Delimiter.ToString();
        recipe["no_header"] = !settings.HasHeader;
        recipe["empty_cells"] = settings.EmptyCells == EmptyCells.SkipRow ? "skip" : settings.EmptyCells.ToString().ToLowerInvariant();
        Add(recipe, "ignore", settings.IgnoredColumns);
        Add(recipe, "text", settings.TextColumns);
        Add(recipe, "missing", settings.MissingMarkers);
    }

    private static void WriteModel(JsonObject recipe, ModelSettings model)
    {
        if (model.Layers is { } layers)
        {
            recipe["layers"] = JsonNode.Parse(layers);
        }
        else
        {
            recipe["hidden"] = new JsonArray([.. model.Hidden.Select(width => (JsonNode)width)]);
            recipe["activation"] = model.Activation;
            recipe["dropout"] = model.Dropout;
            recipe["batch_norm"] = model.BatchNormalization;
            recipe["initializer"] = model.Initializer ?? ModelText.DefaultInitializer;
            recipe["l1"] = model.L1;
            recipe["l2"] = model.L2;
        }
        recipe["optimizer"] = model.Optimizer.Rule.ToString();
        Add(recipe, "schedule", model.Schedule);
        Add(recipe, "loss", model.Loss);
        Add(recipe, "metrics", model.Metrics);
        recipe["seed"] = model.Seed;
        recipe["backend"] = model.Backend.ToString().ToLowerInvariant();
    }

    private static void Add(JsonObject recipe, string name, JsonNode? value)
    {
        if (value is not null)
            recipe[name] = value;
    }

    private static void Add(JsonObject recipe, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
            recipe[name] = new JsonArray([.. texts.Select(text => (JsonNode)text)]);
    }
}
