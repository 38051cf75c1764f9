using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Layers;

/// <summary>Batch normalization as a part of the dense layers beside it.</summary>
public class FoldingTests
{
    private static readonly float[,] X = TestModels.Waves(40, 5);

    public static TheoryData<string, Func<Layer[]>, string[]> Models => new()
    {
        { "behind", () => [new Dense(6), new BatchNormalization(), new Dense(3, "softmax")], ["dense", "dense_1"] },
        { "behind, no bias", () => [new Dense(6, useBias: false), new BatchNormalization(), new Dense(3)], ["dense", "dense_1"] },
        { "in front", () => [new Dense(6, "relu"), new BatchNormalization(), new Dense(3, useBias: false)], ["dense", "dense_1"] },
        { "first", () => [new BatchNormalization(scale: false), new Dense(3, "tanh")], ["dense"] },
        { "twice", () => [new Dense(6), new BatchNormalization(), new BatchNormalization(center: false), new Dense(3)], ["dense", "dense_1"] },
        { "through dropout", () => [new Dense(6, "relu"), new BatchNormalization(), new Dropout(0.5), new Dense(3)],
            ["dense", "dropout", "dense_1"] },
        { "nowhere", () => [new Dense(6, "relu"), new BatchNormalization(), new LayerNormalization()],
            ["dense", "batch_normalization", "layer_normalization"] },
        { "PyTorch", () => [new Dense(3), new BatchNormalization(convention: Convention.PyTorch)], ["dense"] },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void FoldedModel_PredictsTheSame(string name, Func<Layer[]> layers, string[] left)
    {
        using var model = new Sequential(seed: 3, layers());
        model.Compile("adam", "mse", backend: BackendKind.Managed);
        model.Fit(X, TestModels.Waves(40, name == "nowhere" ? 6 : 3, phase: 1), epochs: 20, batchSize: 10);

        using Sequential folded = model.FoldBatchNormalization();

        Assert.Equal(left, folded.Layers.Select(layer => layer.Name));
        Assert.All(model.Predict(X).Cast<float>().Zip(folded.Predict(X).Cast<float>()),
            pair => Assert.True(Math.Abs(pair.First - pair.Second) < 1e-6 * Math.Max(1, Math.Abs(pair.First)), $"{name}: {pair}"));
    }

    [Fact]
    public void FoldedModel_IsIndependentOfTheModel()
    {
        using var model = new Sequential(seed: 3) { new Dense(3, inputShape: 5), new BatchNormalization() };
        model.Compile("adam", "mse", backend: BackendKind.Managed);
        using Sequential folded = model.FoldBatchNormalization();
        float[,] before = folded.Predict(X);

        model.Fit(X, TestModels.Waves(40, 3), epochs: 3);

        Assert.Equal(before, folded.Predict(X));
        Assert.Equal(["dense/kernel", "dense/bias"], folded.ParameterNames);
    }

    [Fact]
    public void Folding_AnUnbuiltModel_IsRefused()
    {
        using var model = new Sequential { new Dense(3), new BatchNormalization() };

        Assert.Contains("Build", Assert.Throws<InvalidOperationException>(model.FoldBatchNormalization).Message, StringComparison.Ordinal);
    }
}
