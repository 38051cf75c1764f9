using NativeOpt.Interop;
using Xunit;

namespace NativeOpt.Tests.Training;

/// <summary>Gradients of a whole model against central differences of its loss, in double.</summary>
public class GradientCheckTests
{
    private const double Step = 1e-5;

    public static TheoryData<string, string, string, int> Models => new()
    {
        // hidden activation, output activation, loss, outputs
        { "tanh", "softmax", "sparse_categorical_crossentropy", 3 },
        { "sigmoid", "softmax", "categorical_crossentropy", 3 },
        { "tanh", "sigmoid", "binary_crossentropy", 1 },
        { "sigmoid", "sigmoid", "binary_crossentropy", 3 },
        { "tanh", "linear", "mse", 2 },
        { "tanh", "softmax", "mse", 3 },
        { "softmax", "tanh", "mse", 2 },
        { "relu", "sigmoid", "mse", 2 },
        { "gelu", "log_softmax", "mse", 3 },
        { "leaky_relu(negative_slope=0.1)", "elu(alpha=0.7)", "mse", 2 },
        { "mish", "softplus(beta=2)", "mse", 2 },
        { "silu", "selu", "mse", 2 },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Backward_OfEveryParameter_EqualsCentralDifferences(string hidden, string last, string loss, int outputs)
    {
        using var model = new Sequential(NoptDtype.F64, seed: 3)
        {
            new Dense(5, hidden, inputShape: 4, biasInitializer: "glorot_uniform"),
            new Dense(outputs, last),
        };
        model.Compile("sgd", loss, backend: BackendKind.Managed);
        float[,] x = TestModels.Waves(6, 4);
        Targets y = loss == TestModels.SparseLoss ? new[] { 0, 2, 1, 1, 0, 2 } : Distributions(6, outputs);
        var data = new InMemoryDataset(x, y);

        model.ZeroGradients();
        model.Forward(x);
        model.Backward(y);
        double[][] gradients = [.. model.ParameterNames.Select(name => TestModels.Gradient(model, name))];

        foreach ((string name, double[] gradient) in model.ParameterNames.Zip(gradients))
        {
            for (int i = 0; i < gradient.Length; i++)
            {
                double slope = TestModels.Slope(model, data, name, i, Step);
                Assert.True(Math.Abs(slope - gradient[i]) < 1e-8, $"{name}[{i}]: gradient {gradient[i]:R}, slope {slope:R}");
            }
        }
    }

    [Fact]
    public void Backward_Twice_AddsTheGradients()
    {
        using var model = new Sequential(NoptDtype.F64, seed: 3) { new Dense(3, "tanh", inputShape: 4), new Dense(2) };
        model.Compile("sgd", "mse", backend: BackendKind.Managed);
        (float[,] x, float[,] y) = (TestModels.Waves(5, 4), TestModels.Waves(5, 2, phase: 1));

        model.Forward(x);
        model.Backward(y);
        double[] once = TestModels.Gradient(model, "dense/kernel");
        model.Forward(x);
        model.Backward(y);
        double[] twice = TestModels.Gradient(model, "dense/kernel");

        Assert.Contains(once, gradient => gradient != 0);
        Assert.All(once.Zip(twice), pair => Assert.Equal(2 * pair.First, pair.Second, 1e-15));
    }

    // Rows of positive numbers; they sum to 1 where there are several columns.
    private static float[,] Distributions(int rows, int columns)
    {
        var values = new float[rows, columns];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                values[row, column] = columns == 1 ? row % 2 : (row + column) % columns == 0 ? 0.5f : 0.5f / (columns - 1);
        return values;
    }
}
