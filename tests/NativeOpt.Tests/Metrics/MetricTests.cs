using NativeOpt.Interop;
using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Metrics;

/// <summary>Which accuracy "accuracy" is follows from outputs and targets; the numbers are counted by hand.</summary>
public class MetricTests
{
    private static readonly float[,] Identity = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 }, { 0, 0, 0.5f } };

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Accuracy_OfLabels_CountsRowsWhoseLargestOutputIsTheLabel(string backend)
    {
        using Sequential model = PassThrough("softmax", TestModels.SparseLoss, ["accuracy", "sparse_categorical_accuracy"], backend);

        EvaluationResult result = model.Evaluate(Identity, new[] { 0, 1, 0, 2 });

        Assert.Equal(0.75, result.Accuracy);
        Assert.Equal(0.75, result.Logs["sparse_categorical_accuracy"]);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Accuracy_OfOneHotRows_CountsRowsWhoseLargestPlacesAgree(string backend)
    {
        var y = new float[,] { { 1, 0, 0 }, { 0, 0, 1 }, { 0, 0, 1 }, { 0, 0, 1 } };

        using Sequential counted = PassThrough("softmax", "categorical_crossentropy", ["accuracy"], backend);
        using Sequential compared = PassThrough("linear", "mse", ["accuracy"], backend);

        Assert.Equal(0.75, counted.Evaluate(Identity, y).Accuracy);
        Assert.Equal(0.75, compared.Evaluate(Identity, y).Accuracy);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void Accuracy_OfOneOutput_ComparesWithOneHalf(string backend)
    {
        var x = new float[,] { { 3 }, { -2 }, { 0.1f }, { -0.1f } };
        float[] y = [1, 0, 0, 0];
        using Sequential counted = PassThrough("sigmoid", "binary_crossentropy", ["accuracy"], backend, columns: 1);
        using Sequential compared = PassThrough("sigmoid", "mse", ["accuracy"], backend, columns: 1);

        Assert.Equal(0.75, counted.Evaluate(x, y).Accuracy);
        Assert.Equal(0.75, counted.Evaluate(x, new[] { 1, 0, 0, 0 }).Accuracy);
        Assert.Equal(0.75, compared.Evaluate(x, y).Accuracy);
    }

    // As in Keras: several outputs and rows as targets mean categorical accuracy, also with the binary loss.
    [Fact]
    public void Accuracy_OfSeveralOutputsUnderTheBinaryLoss_IsCategorical()
    {
        var y = new float[,] { { 1, 0, 0 }, { 1, 1, 0 }, { 0, 0, 1 }, { 0, 1, 1 } };
        using Sequential model = PassThrough("sigmoid", "binary_crossentropy", ["accuracy", "binary_accuracy"], "managed");

        EvaluationResult result = model.Evaluate(Identity, y);

        // The largest targets are at 0, 0, 2, 1, the largest outputs at 0, 1, 2, 2. A sigmoid of 0 is not above 0.5.
        Assert.Equal(0.5, result.Accuracy);
        Assert.Equal(0.5, result.Logs["accuracy"]);
        Assert.Equal(10 / 12.0, result.Logs["binary_accuracy"], 1e-12);
    }

    [SkippableTheory]
    [MemberData(nameof(TestBackends.All), MemberType = typeof(TestBackends))]
    public void MeanSquaredError_BehindAFusedActivation_ComparesProbabilities(string backend)
    {
        using Sequential model = PassThrough("softmax", "categorical_crossentropy", ["mse"], backend);
        var y = new float[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 }, { 0, 0, 1 } };

        History history = model.Fit(Identity, y, batchSize: 4, shuffle: false);
        float[,] p = model.Predict(Identity);

        double expected = 0;
        for (int i = 0; i < 12; i++)
            expected += Math.Pow(p[i / 3, i % 3] - y[i / 3, i % 3], 2) / 12;
        Assert.Equal(expected, history["mse"][0], 1e-7);
    }

    [Fact]
    public void Metrics_InDouble_AreThoseInFloat()
    {
        using var model = new Sequential(NoptDtype.F64, seed: 1) { new Dense(2, inputShape: 2) };
        model.Compile("sgd", "mse", ["mse", "accuracy"], BackendKind.Managed);
        TestModels.SetParameter(model, "dense/kernel", [1, 0, 0, 1]);

        EvaluationResult result = model.Evaluate(new float[,] { { 1, 0 }, { 0, 3 } }, new float[,] { { 0, 0 }, { 0, 1 } });

        Assert.Equal(1.25, result.Loss);
        Assert.Equal(1.25, result.Logs["mse"]);
        Assert.Equal(1, result.Accuracy);
    }

    [Fact]
    public void Metrics_KeepTheNameTheyWereAskedFor()
    {
        using Sequential model = PassThrough("linear", "mse", ["acc", "mean_squared_error"], "managed");

        History history = model.Fit(Identity, Identity, validationData: (Identity, Identity));

        Assert.Equal(["loss", "acc", "mean_squared_error", "val_loss", "val_acc", "val_mean_squared_error"], history.Keys);
        Assert.Equal(history["acc"][0], history.Epochs[0].Accuracy);
        Assert.Equal(history["val_acc"][0], history.Epochs[0].ValidationAccuracy);
    }

    [Theory]
    [InlineData("acc")]
    [InlineData("Accuracy")]
    [InlineData("sparse_categorical_accuracy")]
    public void Accuracy_UnderAnyOfItsNames_IsFound(string name)
    {
        using Sequential model = PassThrough("softmax", TestModels.SparseLoss, [name], "managed");

        EvaluationResult result = model.Evaluate(Identity, new[] { 0, 1, 0, 2 });

        Assert.Equal(0.75, result.Accuracy);
        Assert.Equal(["loss", name], result.Logs.Keys);
    }

    [Fact]
    public void Accuracy_OfAModelWithoutOne_IsNull()
    {
        using Sequential model = PassThrough("linear", "mse", ["mse"], "managed");

        History history = model.Fit(Identity, Identity, validationData: (Identity, Identity));

        Assert.Null(history.Epochs[0].Accuracy);
        Assert.Null(history.Epochs[0].ValidationAccuracy);
        Assert.Null(model.Evaluate(Identity, Identity).Accuracy);
    }

    // The kernel is the identity and the bias 0: outputs are activations of inputs. A learning rate of 0 keeps it so.
    private static Sequential PassThrough(string activation, string loss, string[] metrics, string backend, int columns = 3)
    {
        var model = new Sequential { new Dense(columns, activation, inputShape: columns) };
        model.Compile(new Sgd { LearningRate = 0 }, loss, metrics, TestBackends.Open(backend));
        var kernel = new float[columns, columns];
        for (int i = 0; i < columns; i++)
            kernel[i, i] = 1;
        model.SetWeights("dense/kernel", kernel);
        return model;
    }
}
