using System.Globalization;
using System.Text.Json;
using NativeOpt.Cli.Commands;
using Xunit;

namespace NativeOpt.Tests.Cli;

/// <summary>`nativeopt predict` and `nativeopt evaluate`: tables in, predictions and numbers out.</summary>
public sealed class PredictTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ATableOfIris_GetsItsNamesBack()
    {
        string table = TrainOnIris();

        Cli.Outcome outcome = Cli.Run("predict", _folder["model"], table, "--keep", "species", "-o", _folder["p.csv"]);

        Assert.Equal(("", "", ExitCode.Success), (outcome.Error, outcome.Output, outcome.ExitCode));
        string[][] rows = Tables.Cells(File.ReadAllText(_folder["p.csv"]));
        Assert.Equal(["species", "prediction", "probability"], rows[0]);
        Assert.Equal(150, rows.Length - 1);
        Assert.InRange(rows.Skip(1).Count(row => row[0] == row[1]), 135, 150);
        Assert.All(rows.Skip(1), row => Assert.InRange(double.Parse(row[2], CultureInfo.InvariantCulture), 1.0 / 3, 1));
    }

    [Fact]
    public void Probabilities_AreThoseOfTheModel()
    {
        string table = TrainOnIris();

        string[][] rows = Tables.Cells(Cli.Run("predict", _folder["model"], table, "--probabilities").Output);

        using Sequential model = Sequential.Load(_folder["model/model.safetensors"]);
        float[,] expected = model.Predict(Scaled(model, Datasets.Iris.LoadAll().X));
        Assert.Equal(["prediction", "p(setosa)", "p(versicolor)", "p(virginica)"], rows[0]);
        for (int row = 0; row < 150; row++)
            for (int i = 0; i < 3; i++)
                Assert.Equal(expected[row, i], float.Parse(rows[1 + row][1 + i], CultureInfo.InvariantCulture), 1e-5f);

        static Features Scaled(Sequential model, Features x)
        {
            using JsonDocument note = JsonDocument.Parse(model.Notes["preprocessing"]);
            return FeatureScaler.FromJson(note.RootElement.GetProperty("scaler").GetString()!).Transform(x);
        }
    }

    [Fact]
    public void ManyRowsThroughPipes_ArePredictedBlockByBlockAndAlike()
    {
        string table = TrainOnIris();
        string[] lines = File.ReadAllLines(table);
        // More than two blocks, columns in another order, and one that nobody knows.
        string input = "other,petal_width,petal_length,sepal_width,sepal_length\n" + string.Concat(Enumerable.Range(0, 2500).Select(i =>
            $"{(i % 7 == 0 ? "7" : "x")},{string.Join(',', lines[1 + i % 150].Split(',')[..4].Reverse())}\n"));

        Cli.Outcome outcome = Cli.RunOn(input, "predict", _folder["model"], "-");

        string[] expected = Cli.Run("predict", _folder["model"], table).Output.TrimEnd('\n').Split('\n');
        string[] actual = outcome.Output.TrimEnd('\n').Split('\n');
        Assert.Equal((ExitCode.Success, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal(2501, actual.Length);
        Assert.Equal(Enumerable.Range(0, 2500).Select(i => expected[1 + i % 150]), actual.Skip(1));
    }

    [Fact]
    public void Json_IsOneObjectALine()
    {
        string table = TrainOnIris();

        string output = Cli.Run("predict", _folder["model"], table, "--json", "--probabilities", "--keep", "species").Output;

        string[] lines = output.TrimEnd().Split('\n');
        Assert.Equal(150, lines.Length);
        JsonElement first = JsonDocument.Parse(lines[0]).RootElement;
        Assert.Equal((1, "setosa", "setosa"),
            (first.GetProperty("row").GetInt32(), first.GetProperty("species").GetString(), first.GetProperty("prediction").GetString()));
        Assert.Equal(1, first.GetProperty("probabilities").EnumerateObject().Sum(p => p.Value.GetDouble()), 1e-5);
    }

    [Fact]
    public void ATableWithGaps_IsReadAsTheOneOfTheTraining()
    {
        string table = Tables.WriteHouses(_folder);
        Cli.Run(
            "train", "--csv", table, "--delimiter", ";", "--target", "price", "--ignore", "id", "--missing", "NA", "--empty-cells", "fill",
            "--target-kind", "numbers", "--epochs", "60", "--learning-rate", "0.05", "--backend", "managed", "--output", _folder["model"]);

        Cli.Outcome outcome = Cli.RunOn(
            "id;town;area\n7;Ulm;NA\nx;\"A;B\";50\n", "predict", _folder["model"], "-", "--delimiter", ";", "--keep", "id,town");

        Assert.Equal((ExitCode.Success, ""), (outcome.ExitCode, outcome.Error));
        string[] lines = outcome.Output.TrimEnd('\n').Split('\n');
        Assert.Equal("id;town;prediction", lines[0]);
        Assert.StartsWith("7;Ulm;", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("x;\"A;B\";", lines[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("binary_crossentropy")]
    [InlineData("binary_cross_entropy_with_logits")]
    [InlineData("hinge")]
    [InlineData("cross_entropy")]
    [InlineData("categorical_crossentropy")]
    public void TwoClasses_AreToldApartWhateverTheLoss(string loss)
    {
        Cli.Run(
            "train", "--dataset", "make-blobs(centers=2,seed=3)", "--loss", loss, "--metrics", loss == "hinge" ? "mae" : "accuracy",
            "--epochs", "30", "--learning-rate", "0.01", "--backend", "managed", "--output", _folder["model"]);
        InMemoryDataset blobs = Datasets.MakeBlobs(100, 2, 2, seed: 3);
        string input = "a,b\n" + string.Concat(Enumerable.Range(0, 100).Select(row => blobs.X.GetRow(row)).Select(
            point => string.Create(CultureInfo.InvariantCulture, $"{point[0]},{point[1]}\n")));

        string[][] rows = Tables.Cells(Cli.RunOn(input, "predict", _folder["model"], "-").Output);

        Assert.Equal(loss == "hinge" ? ["prediction"] : ["prediction", "probability"], rows[0]);
        Assert.InRange(Enumerable.Range(0, 100).Count(row => rows[1 + row][0] == $"{blobs.Y.GetLabel(row)}"), 95, 100);
    }

    [Theory]
    [InlineData("sepal_length,sepal_width,petal_length\n1,2,3\n", "does not have a column that is needed: unknown column 'petal_width'")]
    [InlineData("sepal_length,sepal_width,petal_length,petal_width\n1,2,3,4\n1,x,3,4\n",
        "line 3, column 2 ('sepal_width'): 'x' is not a number")]
    [InlineData("sepal_length,sepal_width,petal_length,petal_width\n1,,3,4\n", "line 2, column 2 ('sepal_width'): the cell is empty")]
    [InlineData("sepal_length,sepal_width,petal_length,petal_width\n1,2,3\n", "line 2: the row has 3 cells; the header has 4")]
    [InlineData("sepal_length,sepal_width,petal_length,petal_width\nx,2,3,4\n", "column 1 ('sepal_length')")]
    [InlineData("", "there is no row in it")]
    public void ATableThatCannotBeUsed_IsRefusedAndNoFileIsWritten(string input, string complaint)
    {
        TrainOnIris();

        Cli.Outcome outcome = Cli.RunOn(input, "predict", _folder["model"], "-", "-o", _folder["p.csv"]);

        Assert.Equal((ExitCode.BadInput, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(complaint, outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["p.csv"]));
    }

    [Fact]
    public void ABadRowBehindManyGoodOnes_IsNamedByItsLine()
    {
        TrainOnIris();
        string input = "sepal_length,sepal_width,petal_length,petal_width\n" + string.Concat(Enumerable.Repeat("5,3,4,1\n", 3000)) + "5,3,4,\n";

        Cli.Outcome outcome = Cli.RunOn(input, "predict", _folder["model"], "-");

        Assert.Equal(ExitCode.BadInput, outcome.ExitCode);
        Assert.Contains("standard input: line 3002, column 4 ('petal_width'): the cell is empty", outcome.Error, StringComparison.Ordinal);
        // What was good has been passed on: the header, and two blocks of rows.
        Assert.Equal(1 + 2048, outcome.Output.Count(c => c == '\n'));
    }

    [Fact]
    public void AModelThatCannotBeUsed_IsRefused()
    {
        string table = TrainOnIris();
        byte[] bytes = File.ReadAllBytes(_folder["model/model.safetensors"]);
        bytes[^1] ^= 1;
        File.WriteAllBytes(_folder["damaged"], bytes);

        Cli.Outcome damaged = Cli.Run("predict", _folder["damaged"], table), missing = Cli.Run("predict", _folder["nothing"], table);
        Cli.Outcome foreign = Cli.Run("evaluate", table, "--dataset", "iris");

        Assert.All([damaged, missing, foreign], outcome => Assert.Equal(ExitCode.BadInput, outcome.ExitCode));
        Assert.StartsWith($"error: model is '{_folder["damaged"]}'; it cannot be used: ", damaged.Error, StringComparison.Ordinal);
        Assert.StartsWith($"error: model is '{_folder["nothing"]}'; it cannot be used: ", missing.Error, StringComparison.Ordinal);
        Assert.StartsWith($"error: model is '{table}'; it cannot be used: ", foreign.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AModelOfTheLibrary_TakesNumbers()
    {
        using var model = new Sequential(seed: 1) { new Dense(2, inputShape: 3) };
        model.Compile("sgd", "mse");
        model.Build(3);
        model.Save(_folder["m"]);

        Cli.Outcome outcome = Cli.RunOn("1,2,3\n4,5,6\n", "predict", _folder["m"], "-", "--no-header");
        Cli.Outcome wrong = Cli.RunOn("1,2\n", "predict", _folder["m"], "-", "--no-header");

        float[,] expected = model.Predict(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        string[][] rows = Tables.Cells(outcome.Output);
        Assert.Equal(["output1", "output2"], rows[0]);
        Assert.Equal(expected[1, 1], float.Parse(rows[2][1], CultureInfo.InvariantCulture), 1e-6f);
        Assert.Contains("the table has 2 columns; the model takes 3 numbers a row", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_OfATable_UsesItsNames()
    {
        string table = TrainOnIris();

        using JsonDocument all = JsonDocument.Parse(Cli.Run("evaluate", _folder["model"], "--csv", table, "--json").Output);
        Cli.Outcome nothing = Cli.Run("evaluate", _folder["model"]), other = Cli.Run("evaluate", _folder["model"], "--dataset", "digits");

        Assert.Equal(150, all.RootElement.GetProperty("samples").GetInt32());
        Assert.InRange(all.RootElement.GetProperty("accuracy").GetDouble(), 0.9, 1);
        Assert.Contains("there is nothing to measure on", nothing.Error, StringComparison.Ordinal);
        Assert.Contains("--dataset is 'digits'; it has 64 inputs, the model takes 4", other.Error, StringComparison.Ordinal);
    }

    private string TrainOnIris()
    {
        string table = Tables.WriteIris(_folder);
        Cli.Outcome outcome = Cli.Run(
            "train", "--csv", table, "--target", "species", "--epochs", "40", "--learning-rate", "0.01", "--backend", "managed", "--output",
            _folder["model"]);
        Assert.Equal(("", ExitCode.Success), (outcome.Error, outcome.ExitCode));
        return table;
    }
}
