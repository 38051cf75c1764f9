using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Losses;

public class LossTests
{
    [Theory]
    [InlineData("mse", "mean_squared_error")]
    [InlineData("MSE", "mean_squared_error")]
    [InlineData("binary_crossentropy", "binary_crossentropy")]
    [InlineData("categorical_crossentropy", "categorical_crossentropy")]
    [InlineData("sparse_categorical_crossentropy", "sparse_categorical_crossentropy")]
    public void Name_GivesTheLoss(string name, string loss) => Assert.Equal(loss, ((Loss)name).Name);

    public static TheoryData<string, string> FusedPairs => new()
    {
        { "softmax", "sparse_categorical_crossentropy" },
        { "softmax", "categorical_crossentropy" },
        { "sigmoid", "binary_crossentropy" },
    };

    // The activation in the layer, or left out and the loss told so: the same mathematics, the same bits.
    [Theory]
    [MemberData(nameof(FusedPairs))]
    public void Fit_FromLogits_GivesTheBitsOfTheFusedActivation(string activation, string name)
    {
        Loss fromLogits = name switch
        {
            "binary_crossentropy" => new BinaryCrossentropy { FromLogits = true },
            "categorical_crossentropy" => new CategoricalCrossentropy { FromLogits = true },
            _ => new SparseCategoricalCrossentropy { FromLogits = true },
        };

        Assert.Equal(Train(activation, name), Train("linear", fromLogits));
    }

    [Fact]
    public void ExtremeLogits_GiveFiniteLossesAndGradients()
    {
        using var model = new Sequential { new Dense(3, "softmax", inputShape: 1) };
        model.Compile(new Sgd { LearningRate = 0.1 }, TestModels.SparseLoss, backend: BackendKind.Managed);
        model.SetWeights([new float[,] { { 1000, -1000, 0 } }, new float[1, 3]]);

        double loss = model.TrainOnBatch(new float[,] { { 1 }, { 1 } }, new[] { 0, 1 });

        Assert.Equal(1000, loss, 1e-3);
        Assert.All(TestModels.Parameters(model), value => Assert.True(double.IsFinite(value)));
    }

    private static double[] Train(string activation, Loss loss)
    {
        using var model = new Sequential(seed: 4) { new Dense(3, activation, inputShape: 4) };
        model.Compile(new Sgd { LearningRate = 0.5 }, loss, backend: BackendKind.Managed);
        float[,] x = TestModels.Waves(9, 4);
        Targets y = loss is SparseCategoricalCrossentropy
            ? Enumerable.Range(0, 9).Select(row => row % 3).ToArray()
            : Rows(9, 3);
        History history = model.Fit(x, y, epochs: 5, batchSize: 4);
        return [.. history["loss"], .. TestModels.Parameters(model)];
    }

    private static float[,] Rows(int rows, int columns)
    {
        var values = new float[rows, columns];
        for (int row = 0; row < rows; row++)
            values[row, row % columns] = 1;
        return values;
    }
}
