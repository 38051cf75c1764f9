using System.Text.Json.Nodes;
using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Models;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>Settings of a training in a file.</summary>
public sealed class RecipeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Unusable => new()
    {
        { """{"epochs": 0}""", "--epochs is '0'; it must be a whole number from 1 to" },
        { """{"epoch": 3}""", "unknown setting 'epoch'; did you mean 'epochs'? Known: dataset," },
        { """{"output": "x"}""", "unknown setting 'output'" },
        { """{"hidden": {"a": 1}}""", "hidden is {\"a\": 1}; it must be a text, a number, true, false, or a list of them" },
        { """{"optimizer": "adm"}""", "did you mean 'adam'?" },
        { """{"format": "nativeopt-recipe/9"}""", "format is 'nativeopt-recipe/9'; this version reads 'nativeopt-recipe/1'" },
        { """{"epochs": 3""", "it is no JSON at line 1" },
        { "[]", "it must be a JSON object with the settings of a training" },
        { "{}", "there is nothing to learn from" },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ARecipe_GivesTheSameModelAgain()
    {
        string table = Tables.WriteHouses(_folder);
        string[] settings =
        [
            "--csv", table, "--delimiter", ";", "--target", "-1", "--ignore", "id", "--missing", "NA", "--empty-cells", "fill",
            "--scale", "minmax", "--hidden", "7,5", "--activation", "leaky_relu(negative_slope=0.1)", "--dropout", "0.25", "--batch-norm",
            "--initializer", "he_normal", "--l1", "1e-4", "--l2", "0.01", "--optimizer", "adam(beta1=0.8,clip_norm=1)", "--schedule",
            "step_lr(lr=0.01,step_size=5)", "--loss", "huber", "--metrics", "mae,rmse", "--epochs", "4", "--batch-size", "8", "--seed", "5",
            "--validation-split", "0.2", "--early-stopping", "3", "--monitor", "val_mae", "--test-split", "0.1", "--backend", "managed",
        ];
        Cli.Run(["train", .. settings, "--output", _folder["first"]]);

        Cli.Outcome outcome = Cli.Run("train", "--recipe", _folder["first/recipe.json"], "--output", _folder["second"]);

        Assert.Equal(("", ExitCode.Success), (outcome.Error, outcome.ExitCode));
        foreach (string file in (string[])["recipe.json", "model.safetensors"])
            Assert.Equal(File.ReadAllBytes(_folder[$"first/{file}"]), File.ReadAllBytes(_folder[$"second/{file}"]));
    }

    [Fact]
    public void OptionsOnTheCommandLine_GoBeforeTheRecipe()
    {
        Tables.Write(_folder, "r.json", """
            {"dataset": "digits", "epochs": 50, "Batch-Size": 16, "hidden": [8, 4], "batch_norm": true, "seed": null}
            """);

        Cli.Outcome outcome = Cli.Run(
            "train", "--recipe", _folder["r.json"], "--epochs", "1", "--dataset", "iris", "--output", _folder["out"]);

        Assert.Equal(("", ExitCode.Success), (outcome.Error, outcome.ExitCode));
        JsonNode recipe = JsonNode.Parse(File.ReadAllText(_folder["out/recipe.json"]))!;
        Assert.Equal(("iris", 1, 16), ((string)recipe["dataset"]!, (int)recipe["epochs"]!, (int)recipe["batch_size"]!));
        Assert.Equal((true, 1), ((bool)recipe["batch_norm"]!, (int)recipe["seed"]!));
        Assert.Equal("[8,4]", recipe["hidden"]!.ToJsonString());
    }

    [Fact]
    public void Layers_StandInARecipeAsTheyAre()
    {
        Tables.Write(_folder, "r.json", """
            {"dataset": "iris", "epochs": 1, "layers":
                [{"type": "dense", "units": 5, "activation": "tanh"}, {"type": "dense", "units": 3, "activation": "softmax"}]}
            """);

        Cli.Outcome outcome = Cli.Run("train", "--recipe", _folder["r.json"], "--output", _folder["out"]);

        Assert.Equal(("", ExitCode.Success), (outcome.Error, outcome.ExitCode));
        TrainingResults results = TrainingJson.Read(File.ReadAllText(_folder["out/results.json"]));
        Assert.Equal(["dense 4 -> 5, tanh", "dense 5 -> 3, softmax"], results.Model.Layers);
    }

    [Theory]
    [MemberData(nameof(Unusable))]
    public void WhatCannotBeUsed_IsSaidWithTheFile(string text, string complaint)
    {
        string path = Tables.Write(_folder, "r.json", text);

        Cli.Outcome outcome = Cli.Run("train", "--recipe", path, "--output", _folder["out"]);

        Assert.Equal((ExitCode.BadInput, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(complaint, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(["r.json"], _folder.Entries());
    }
}
