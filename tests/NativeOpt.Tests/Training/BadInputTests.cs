using Xunit;

namespace NativeOpt.Tests.Training;

/// <summary>What people get wrong, and the sentence they get for it. Nothing has changed afterwards.</summary>
public class BadInputTests
{
    private static readonly float[,] X = TestModels.Waves(8, 64);

    public static TheoryData<string, Action<Sequential>, string> Mistakes => new()
    {
        { "columns", model => model.Fit(new float[8, 63], new int[8]), "x: layer 'dense' expected rows of 64 columns; it got 63" },
        { "predict columns", model => model.Predict(new float[8, 65]), "x: layer 'dense' expected rows of 64 columns; it got 65" },
        { "length", model => model.Fit(X, new int[7]), "y has 7 rows; x has 8" },
        { "empty x", model => model.Fit(new float[0, 64], Array.Empty<int>()), "x is empty: 0 rows of 64 columns" },
        { "default x", model => model.Fit(default(Features), new int[8]), "x is empty: 0 rows of 0 columns" },
        { "default y", model => model.Fit(X, default(Targets)), "y has 0 rows; x has 8" },
        { "empty predict", model => model.Predict(new float[0, 64]), "x is empty" },
        { "label", model => model.Fit(X, Labels(5, 10)), "y: row 5 has label 10; layer 'dense_1' has classes 0 to 9" },
        { "negative label", model => model.Fit(X, Labels(2, -1)), "row 2 has label -1; layer 'dense_1' has classes 0 to 9" },
        { "label of a byte", model => model.TrainOnBatch(X, new byte[] { 0, 0, 0, 200, 0, 0, 0, 0 }), "row 3 has label 200" },
        { "label in evaluate", model => model.Evaluate(X, Labels(7, 11)), "y: row 7 has label 11" },
        {
            "validation label", model => model.Fit(X, new int[8], validationData: (X, Labels(6, 12))),
            "validationData: row 6 has label 12"
        },
        { "split label", model => model.Fit(X, Labels(7, 99), validationSplit: 0.25), "row 7 has label 99" },
        {
            "one-hot", model => model.Fit(X, new float[8, 10]),
            "takes one class number a row (int[] or byte[]); the targets are rows of 10"
        },
        {
            "validation length", model => model.Fit(X, new int[8], validationData: (X, new int[3])),
            "validationData: y has 3 rows; x has 8"
        },
        { "validation columns", model => model.Fit(X, new int[8], validationData: (new float[2, 5], new int[2])), "it got 5" },
        {
            "jagged", model => model.Fit(new float[][] { new float[64], new float[63] }, new int[2]),
            "row 1 has 63 elements; row 0 has 64"
        },
        {
            "float labels", model => model.Fit(X, new float[8]),
            "takes one class number a row (int[] or byte[]); the targets are one float each; give them as int[] or byte[]"
        },
        { "null callback", model => model.Fit(X, new int[8], callbacks: [new ActionCallback(), null!]), "callbacks[1] is null" },
        { "null row", model => model.Fit(new float[][] { new float[64], null! }, new int[2]), "row 1 is null" },
        { "epochs", model => model.Fit(X, new int[8], epochs: 0), "epochs is 0; it must be at least 1" },
        { "batch size", model => model.Fit(X, new int[8], batchSize: 0), "batchSize is 0; it must be at least 1" },
        { "negative batch size", model => model.Predict(X, batchSize: -4), "batchSize is -4; it must be at least 1" },
        { "evaluate batch size", model => model.Evaluate(X, new int[8], batchSize: 0), "batchSize is 0; it must be at least 1" },
        {
            "split of 1", model => model.Fit(X, new int[8], validationSplit: 1),
            "validationSplit is 1; it must be at least 0 and less than 1"
        },
        { "negative split", model => model.Fit(X, new int[8], validationSplit: -0.1), "validationSplit is -0.1; it must be" },
        { "NaN split", model => model.Fit(X, new int[8], validationSplit: double.NaN), "validationSplit is NaN; it must be" },
        { "split of nothing", model => model.Fit(X, new int[8], validationSplit: 0.99), "of 8 rows that leaves 0 to train on" },
        { "build", model => model.Build(12), "expected rows of 64 columns; it got 12" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistake_IsExplainedBeforeAnythingChanged(string mistake, Action<Sequential> act, string sentence)
    {
        using Sequential model = TestModels.Digits();
        double[] before = TestModels.Parameters(model);

        var failure = Assert.ThrowsAny<ArgumentException>(() => act(model));

        Assert.True(failure.Message.Contains(sentence, StringComparison.Ordinal), $"{mistake}: {failure.Message}");
        Assert.Equal(before, TestModels.Parameters(model));
        Assert.Equal(0, model.Optimizer!.StepCount);
    }

    public static TheoryData<string, Action<Sequential>, string> CompileMistakes => new()
    {
        { "null metric", model => model.Compile("sgd", "mse", ["mse", null!]), "metrics[1] is null" },
        { "optimizer", model => model.Compile("adm", "mse"), "unknown optimizer 'adm'; did you mean 'adam'?" },
        { "setting", model => model.Compile("adam(lrr=1)", "mse"), "lrr" },
        { "loss", model => model.Compile("sgd", "binary_crossentrpy"), "did you mean 'binary_crossentropy'?" },
        { "metric", model => model.Compile("sgd", "mse", ["acuracy"]), "unknown metric 'acuracy'; did you mean 'accuracy'?" },
        { "metric twice", model => model.Compile("sgd", "mse", ["accuracy", "accuracy"]), "metric 'accuracy' is there twice" },
        { "metric of labels", model => model.Compile("sgd", "mse", ["sparse_categorical_accuracy"]), "one class number a row" },
        { "metric of rows", model => model.Compile("sgd", TestModels.SparseLoss, ["mse"]), "metric 'mse' compares with rows" },
        {
            "logits twice", model => model.Compile("sgd", new SparseCategoricalCrossentropy { FromLogits = true }),
            "FromLogits applies softmax itself, and layer 'dense_1' ends in it already"
        },
    };

    [Theory]
    [MemberData(nameof(CompileMistakes))]
    public void CompileMistake_IsExplainedAndLeavesTheModelAsItWas(string mistake, Action<Sequential> act, string sentence)
    {
        using Sequential model = TestModels.Digits();
        Optimizer optimizer = model.Optimizer!;

        var failure = Assert.ThrowsAny<ArgumentException>(() => act(model));

        Assert.True(failure.Message.Contains(sentence, StringComparison.Ordinal), $"{mistake}: {failure.Message}");
        Assert.Same(optimizer, model.Optimizer);
        Assert.Single(model.Fit(X, new int[8]).Epochs);
    }

    [Theory]
    [InlineData("acuracy")]
    [InlineData("")]
    public void UnknownMetric_IsRefusedByCompileOfAnUnbuiltModel(string name)
    {
        using var model = new Sequential { new Dense(1) };

        var failure = Assert.Throws<ArgumentException>(() => model.Compile("sgd", "mse", [name]));

        Assert.Equal("metrics", failure.ParamName);
        Assert.Null(model.Optimizer);
    }

    public static TheoryData<string, Action<Sequential>> ArgumentsOfCompile => new()
    {
        { "optimizer", model => model.Compile("adm", "mse") },
        { "optimizer", model => model.Compile("adam(lrr=1)", "mse") },
        { "optimizer", model => model.Compile("adam(lr=-1)", "mse") },
        { "optimizer", model => model.Compile("sgd(dampening=0.5)", "mse") },
        { "optimizer", model => model.Compile(new Sgd { Dampening = 0.5 }, "mse") },
        { "optimizer", model => model.Compile((string)null!, "mse") },
        { "optimizer", model => model.Compile((OptimizerRule)null!, "mse") },
        { "optimizer", model => model.Compile((Optimizer)null!, "mse") },
        { "loss", model => model.Compile("sgd", "msr") },
        { "loss", model => model.Compile("sgd", (string)null!) },
        { "loss", model => model.Compile("sgd", (Loss)null!) },
        { "metrics", model => model.Compile("sgd", "mse", ["sparse_categorical_accuracy"]) },
        { "validationData", model => model.Fit(X, new int[8], validationData: (X, new int[3])) },
    };

    [Theory]
    [MemberData(nameof(ArgumentsOfCompile))]
    public void Failure_NamesTheParameterOfTheMethodThatWasCalled(string parameter, Action<Sequential> act)
    {
        using Sequential model = TestModels.Digits();

        var failure = Assert.ThrowsAny<ArgumentException>(() => act(model));

        Assert.Equal(parameter, failure.ParamName);
        Assert.Equal(failure.Message.IndexOf("(Parameter", StringComparison.Ordinal),
            failure.Message.LastIndexOf("(Parameter", StringComparison.Ordinal));
    }

    public static TheoryData<Targets, string> TargetsOutsideUnit => new()
    {
        { new[] { 0, 0.5f, 2, 1 }, "y: row 2, column 0 is 2; binary_crossentropy takes targets from 0 to 1" },
        { new[] { 0, -0.5f, 0, 1 }, "y: row 1, column 0 is -0.5; binary" },
        { new[] { 0, 0, 0, float.NaN }, "y: row 3, column 0 is NaN; binary" },
        { new[] { 0, 1, 2, 1 }, "y: row 2 has label 2; binary_crossentropy takes 0 and 1" },
    };

    [Theory]
    [MemberData(nameof(TargetsOutsideUnit))]
    public void BinaryTargetsOutsideUnit_AreRefusedBeforeAnythingChanged(Targets y, string sentence)
    {
        using var model = new Sequential(seed: 1) { new Dense(1, "sigmoid") };
        model.Compile("sgd", "binary_crossentropy", backend: BackendKind.Managed);
        float[,] x = TestModels.Waves(4, 2);

        Assert.Contains(sentence, Assert.Throws<ArgumentException>(() => model.Fit(x, y)).Message, StringComparison.Ordinal);
        Assert.Contains(sentence, Assert.Throws<ArgumentException>(() => model.TrainOnBatch(x, y)).Message, StringComparison.Ordinal);
        Assert.False(model.IsBuilt);
        Assert.Single(model.Fit(x, new[] { 0, 0.5f, 1, 1 }).Epochs);
    }

    [Theory]
    [InlineData("categorical_crossentropy", "sparse_categorical_crossentropy takes class numbers")]
    [InlineData("mse", "takes rows of 10 numbers, the outputs of layer 'dense_1'; the targets are class numbers")]
    public void LabelsForALossOfRows_AreRefused(string loss, string sentence)
    {
        using Sequential model = TestModels.Digits();
        model.Compile("sgd", loss, backend: BackendKind.Managed);

        var failure = Assert.Throws<ArgumentException>(() => model.Fit(X, new int[8]));

        Assert.Contains(sentence, failure.Message, StringComparison.Ordinal);
        Assert.Contains("has 10 outputs; the targets have 9 columns",
            Assert.Throws<ArgumentException>(() => model.Fit(X, new float[8, 9])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LabelOutsideInADatasetOfTheCaller_IsNamedByItsRow()
    {
        using Sequential model = TestModels.Digits();

        var failure = Assert.Throws<ArgumentException>(() => model.Fit(new LateLabel(), batchSize: 4, shuffle: false));

        Assert.Contains("data: row 6 has label 10", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, model.Optimizer!.StepCount);
        Assert.Equal(8, model.Predict(X).GetLength(0));
    }

    [Fact]
    public void UseBeforeCompile_SaysSo()
    {
        using var model = new Sequential { new Dense(1, inputShape: 1) };
        using var empty = new Sequential();

        Assert.Contains("call Compile first",
            Assert.Throws<InvalidOperationException>(() => model.Fit(new float[1, 1], new float[1])).Message, StringComparison.Ordinal);
        Assert.Contains("no layers",
            Assert.Throws<InvalidOperationException>(() => empty.Compile("sgd", "mse")).Message, StringComparison.Ordinal);
        Assert.Contains("no layers",
            Assert.Throws<InvalidOperationException>(() => empty.Predict(new float[1, 1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LayersWhoseSizesDoNotMeet_AreNamed()
    {
        using var model = new Sequential { new Dense(3, inputShape: 2), new Dense(1, inputShape: 4) };

        var failure = Assert.Throws<InvalidOperationException>(() => model.Build(2));

        Assert.Equal(0, model.Layers[0].InputColumns);
        Assert.Contains("layer 'dense_1' expected 4 input columns; it gets 3", failure.Message, StringComparison.Ordinal);
    }

    private static int[] Labels(int row, int label)
    {
        var labels = new int[8];
        labels[row] = label;
        return labels;
    }

    private sealed class LateLabel : Dataset
    {
        public override int Count => 8;

        public override int InputColumns => 64;

        public override int TargetColumns => 0;

        public override void Gather(ReadOnlySpan<int> rows, Batch batch)
        {
            batch.Inputs.Fill(0.5f);
            for (int i = 0; i < rows.Length; i++)
                batch.Labels[i] = rows[i] == 6 ? 10 : 1;
        }
    }
}
