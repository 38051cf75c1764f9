using System.Globalization;
using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Models;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>`nativeopt train`: what it learns from, what it writes, and what it refuses.</summary>
public sealed class TrainTests : IDisposable
{
    private static readonly string[] Files =
    [
        "checkpoint", "checkpoint/latest.safetensors", "checkpoint/recipe.json", "history.csv", "model.safetensors", "recipe.json",
        "report.html", "results.json",
    ];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Unusable => new()
    {
        { "", "there is nothing to learn from: --dataset, --csv or --npz says what" },
        { "--dataset digitz", "--dataset: unknown dataset 'digitz'; did you mean 'digits'?" },
        { "--dataset make-moons(noize=1)", "unknown setting of make-moons 'noize'; did you mean 'noise'?" },
        { "--dataset make-moons(samples=x)", "samples is 'x'; it must be a whole number" },
        { "--dataset digits --csv a.csv", "--dataset and --csv cannot be used together" },
        { "--dataset digits --target x", "--target cannot be used with --dataset: it is for tables" },
        { "--dataset iris --data-dir /x", "--data-dir cannot be used with --dataset iris: its data are part of the program" },
        { "--csv /nowhere/a.csv --target x", "--csv is '/nowhere/a.csv'; the data cannot be used: " },
        { "--npz /nowhere/a.npz", "--npz is '/nowhere/a.npz'; the data cannot be used: " },
        { "--dataset iris --optimizer adm", "--optimizer: unknown optimizer 'adm'; did you mean 'adam'?" },
        { "--dataset iris --optimizer adam(beta1=2)", "beta1 is 2" },
        { "--dataset iris --schedule cosin_decay(1)", "did you mean 'cosine_decay'?" },
        { "--dataset iris --schedule step_lr(lr=1,step_size=5) --learning-rate 1", "--learning-rate cannot be used with --schedule" },
        { "--dataset iris --loss crosentropy", "--loss is 'crosentropy': unknown loss" },
        { "--dataset iris --metrics acuracy", "did you mean 'accuracy'?" },
        { "--dataset iris --activation rellu", "did you mean 'relu'?" },
        { "--dataset iris --initializer he_norm", "did you mean 'he_normal'?" },
        { "--dataset iris --dropout 1", "--dropout is '1'; it must be at least 0 and less than 1" },
        { "--dataset iris --l2 -1", "--l2 is '-1'; it must be a finite number that is not negative" },
        { "--dataset iris --validation-split 1", "--validation-split is '1'" },
        { "--dataset iris --validation-split 0.999", "--validation-split is 0.999; of 120 rows that leaves 0 to train on" },
        { "--dataset iris --monitor vall_loss --early-stopping 3", "--monitor: unknown number 'vall_loss'; did you mean 'val_loss'?" },
        { "--dataset iris --layers []", "layers is empty" },
        { "--dataset iris --layers {}", "layers must be a list" },
        { "--dataset iris --layers [{\"type\":\"dens\",\"units\":3}]", "did you mean 'dense'?" },
        { "--dataset iris --layers [{\"type\":\"dense\",\"unit\":3}]", "unit" },
        { "--dataset iris --layers [{\"units\":3}]", "layers[0].type is missing" },
        { "--dataset iris --layers [{\"type\":\"dense\",\"units\":3}] --hidden 3", "--hidden cannot be used with --layers" },
        { "--dataset iris --layers [{\"type\":\"dense\",\"units\":2,\"activation\":\"softmax\"}]", "has classes 0 to 1" },
        { "--dataset make-regression --loss sparse_categorical_crossentropy", "it needs classes" },
        { "--dataset iris --early-stoping 3", "did you mean '--early-stopping'?" },
        { "--dataset iris --delimiter ab", "--delimiter is 'ab'; it must be one character, or tab" },
        { "--resume", "there is no checkpoint to go on with" },
        { "--recipe /nowhere/r.json", "--recipe is '/nowhere/r.json'; it cannot be read: " },
    };

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("managed")]
    [InlineData("native")]
    public void OnDigits_LearnsAndWritesItsFiles(string backend)
    {
        if (backend == "native")
            TestBackends.RequireNative();

        Cli.Outcome outcome = Cli.Run(
            "train", "--dataset", "digits", "--epochs", "12", "--hidden", "64,32", "--dropout", "0.1", "--batch-norm", "--optimizer",
            "adam(lr=0.005)", "--backend", backend, "--output", _folder.Path);

        Assert.Equal(("", ExitCode.Success), (outcome.Error, outcome.ExitCode));
        Assert.Equal(Files, _folder.Entries());
        TrainingResults results = Results();
        Assert.Equal(12, results.Epochs.Count);
        Assert.InRange(results.Test!["accuracy"], 0.9, 1);
        Assert.Equal((1297, 145, 355), (results.Dataset.TrainSamples, results.Dataset.ValidationSamples, results.Dataset.TestSamples));
        Assert.Equal(
            ["dense 64 -> 64", "batch_normalization", "relu", "dropout 0.1", "dense 64 -> 32", "batch_normalization", "relu", "dropout 0.1",
                "dense 32 -> 10, softmax"], results.Model.Layers);
        Assert.Equal((true, backend, "adam(learning_rate=0.005)"), (results.Finished, results.Machine.Backend, results.Model.Optimizer));
        string[] history = File.ReadAllLines(_folder["history.csv"]);
        Assert.Equal("epoch,loss,accuracy,val_loss,val_accuracy,learning_rate,seconds", history[0]);
        Assert.Equal(13, history.Length);
        Assert.Contains("on the 355 test samples: loss ", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--dataset iris", "sparse_categorical_crossentropy", "accuracy")]
    [InlineData("--dataset iris --loss categorical_crossentropy", "categorical_crossentropy", "accuracy")]
    [InlineData("--dataset iris --loss kl_divergence", "kl_divergence", "accuracy")]
    [InlineData("--dataset iris --loss cross_entropy", "cross_entropy", "accuracy")]
    [InlineData("--dataset make-moons(noise=0.1)", "sparse_categorical_crossentropy", "accuracy")]
    [InlineData("--dataset make_moons(noise=0.1) --loss binary_crossentropy", "binary_crossentropy", "accuracy")]
    [InlineData("--dataset make-moons(noise=0.1) --loss binary_cross_entropy_with_logits", "binary_cross_entropy_with_logits", "accuracy")]
    [InlineData("--dataset make-moons(noise=0.1) --loss hinge --metrics mae", "hinge", "mae")]
    [InlineData("--dataset make-blobs(centers=4)", "sparse_categorical_crossentropy", "accuracy")]
    [InlineData("--dataset make-regression(features=4,informative=2,targets=2)", "mse", "mae")]
    public void EveryLossAndData_FitTogether(string arguments, string loss, string metric)
    {
        Cli.Outcome outcome = Train([.. arguments.Split(' '), "--epochs", "8", "--learning-rate", "0.01"]);

        Assert.Equal(("", ExitCode.Success), (outcome.Error, outcome.ExitCode));
        TrainingResults results = Results();
        Assert.Equal((loss, metric), (results.Model.Loss, Assert.Single(results.Model.Metrics)));
        Assert.True(results.Epochs[^1].Of("loss") < results.Epochs[0].Of("loss"));
    }

    [Fact]
    public void OnATableOfNumbers_LearnsThem()
    {
        string table = Tables.WriteHouses(_folder);

        Cli.Outcome outcome = Train(
            "--csv", table, "--delimiter", ";", "--target", "price", "--ignore", "id", "--missing", "NA", "--empty-cells", "fill",
            "--target-kind", "numbers", "--epochs", "3", "--test-split", "0");

        Assert.Equal(("", ExitCode.Success), (outcome.Error, outcome.ExitCode));
        TrainingResults results = Results();
        // area, and one column for each town.
        Assert.Equal((4, 0), (results.Dataset.Inputs, results.Dataset.Classes));
        Assert.Equal((54, 6), (results.Dataset.TrainSamples, results.Dataset.ValidationSamples));
        Assert.Null(results.Test);
    }

    [Fact]
    public void OnArraysOfNumPy_LearnsThem()
    {
        byte[] pixels = [.. Enumerable.Range(0, 240).Select(i => (byte)(i * 37))];
        int[] labels = [.. Enumerable.Range(0, 60).Select(i => i % 3)];
        NpzFile.Write(_folder["a.npz"],
        [
            new StoredTensor("x_train", TensorType.U8, [40, 2, 2], pixels.AsMemory(0, 160)),
            new StoredTensor("y_train", TensorType.I32, [40], Bytes(labels[..40])),
            new StoredTensor("x_test", TensorType.U8, [20, 2, 2], pixels.AsMemory(160)),
            new StoredTensor("y_test", TensorType.I32, [20], Bytes(labels[40..])),
        ]);

        Cli.Outcome outcome = Train("--npz", _folder["a.npz"], "--epochs", "2");

        Assert.Equal(("", ExitCode.Success), (outcome.Error, outcome.ExitCode));
        DatasetInfo data = Results().Dataset;
        Assert.Equal((4, 3, 36, 20), (data.Inputs, data.Classes, data.TrainSamples, data.TestSamples));

        static byte[] Bytes(int[] values) => [.. values.SelectMany(BitConverter.GetBytes)];
    }

    [Fact]
    public void EarlyStopping_EndsWithTheBestModel()
    {
        Train("--dataset", "digits", "--epochs", "400", "--early-stopping", "3", "--learning-rate", "0.02");

        TrainingResults results = Results();
        double[] watched = [.. results.Epochs.Select(row => row.Of("val_loss"))];
        Assert.InRange(results.Epochs.Count, 5, 399);
        Assert.Equal(1 + Array.IndexOf(watched, watched.Min()), results.ModelEpoch);
        Assert.Equal(results.Epochs.Count - 3, results.ModelEpoch);
        Assert.Equal("val_loss has not improved for 3 epochs", results.StoppedBecause);
        Cli.Outcome again = Cli.Run("evaluate", _folder.Path, "--dataset", "digits", "--json", "--backend", "managed");
        Assert.Contains(results.Test!["loss"].ToString("R", CultureInfo.InvariantCulture), again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ALossThatIsNoLongerANumber_EndsTheTraining()
    {
        Cli.Outcome outcome = Train("--dataset", "digits", "--epochs", "50", "--optimizer", "sgd(lr=1e30)");

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        Assert.Equal((1, "the loss is no longer a finite number"), (Results().Epochs.Count, Results().StoppedBecause));
        Assert.Contains("diverged", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_AsKerasWritesThem_AreTheModel()
    {
        const string Layers = """
            [{"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [null, 4]}},
             {"class_name": "Dense", "config": {"name": "first", "units": 8, "activation": "relu", "dtype": {"class_name": "DTypePolicy"},
                "kernel_initializer": {"module": "keras.initializers", "class_name": "HeNormal", "config": {"seed": null}},
                "kernel_regularizer": {"class_name": "L2", "config": {"l2": 0.001}}}, "build_config": {"input_shape": [null, 4]}},
             {"type": "dropout", "rate": 0.2},
             {"type": "dense", "units": 3, "activation": "softmax"}]
            """;

        Cli.Outcome outcome = Train("--dataset", "iris", "--epochs", "2", "--layers", Layers);

        Assert.Equal(("", ExitCode.Success), (outcome.Error, outcome.ExitCode));
        Assert.Equal(["dense 4 -> 8, relu", "dropout 0.2", "dense 8 -> 3, softmax"], Results().Model.Layers);
        using Sequential model = Sequential.Load(_folder["model.safetensors"]);
        Assert.Equal("first", model.Layers[0].Name);
        Assert.Contains("\"kernel_initializer\": \"he_normal\"", model.ToJson(), StringComparison.Ordinal);
        Assert.Contains("\"kernel_regularizer\": \"l2(", model.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_IsWhatTheFileHas()
    {
        Cli.Outcome outcome = Train("--dataset", "iris", "--epochs", "2", "--json");

        Assert.Equal((ExitCode.Success, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal(File.ReadAllText(_folder["results.json"]), outcome.Output.ReplaceLineEndings("\n"));
    }

    [Theory]
    [MemberData(nameof(Unusable))]
    public void WhatCannotBeUsed_IsSaidAndNothingIsWritten(string arguments, string complaint)
    {
        string[] given = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        Cli.Outcome outcome = Cli.Run(["train", .. given, "--output", _folder["out"]]);

        Assert.Equal((ExitCode.BadInput, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(complaint, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(_folder.Entries());
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "--target is missing: which column of", "")]
    [InlineData("a,b\n1,x\n3,x\n4,x\n", "there is one class only, 'x'", "b")]
    [InlineData("a,b\n1,2\n3,x\n", "line 3, column 2 ('b'): 'x' is not a number", "b")]
    [InlineData("a,b\n1,2\n", "there must be 2 rows at least", "b")]
    [InlineData("a,b\n1,2\n3,4\n", "did you mean 'b'?", "bb")]
    [InlineData("a,b\n1,\n3,4\n", "the cell is empty; --empty-cells says what to do", "b")]
    [InlineData("a,b\n1,2\n3,4\n", "--target is 5; the table has 2 columns", "5")]
    public void ATableThatCannotBeUsed_IsRefusedWithLineAndColumn(string text, string complaint, string target)
    {
        string table = Tables.Write(_folder, "t.csv", text);

        Cli.Outcome outcome = Train(["--csv", table, .. target.Length > 0 ? new[] { "--target", target } : []]);

        Assert.Equal(ExitCode.BadInput, outcome.ExitCode);
        Assert.Contains(complaint, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(["t.csv"], _folder.Entries());
    }

    private TrainingResults Results() => TrainingJson.Read(File.ReadAllText(_folder["results.json"]));

    private Cli.Outcome Train(params string[] arguments) =>
        Cli.Run(["train", .. arguments, "--backend", "managed", "--output", _folder.Path]);
}
