using NativeOpt.Tests.Training;
using Xunit;

namespace NativeOpt.Tests.Initializers;

/// <summary>Initializers that fill matrices only.</summary>
public class MatrixInitializerTests
{
    [Theory]
    [InlineData(5, 5)]
    [InlineData(12, 5)]
    [InlineData(5, 12)]
    [InlineData(1, 4)]
    public void Orthogonal_HasOrthonormalColumnsOrRows(int rows, int columns)
    {
        double[,] kernel = Kernel(rows, columns, "orthogonal(gain=3)");
        bool byColumns = rows >= columns;
        int count = Math.Min(rows, columns);

        for (int i = 0; i < count; i++)
            for (int j = 0; j < count; j++)
            {
                double product = 0;
                for (int k = 0; k < Math.Max(rows, columns); k++)
                    product += byColumns ? kernel[k, i] * kernel[k, j] : kernel[i, k] * kernel[j, k];
                Assert.Equal(i == j ? 9 : 0, product, 1e-5);
            }
    }

    [Fact]
    public void Orthogonal_IsUniform_NotBiasedToPositiveEntries()
    {
        // Without the right signs the diagonal would be biased: Q of a Householder decomposition has a negative one.
        double[] diagonals = [.. Enumerable.Range(0, 200).Select(seed => Kernel(3, 3, "orthogonal", seed)[0, 0])];

        Assert.InRange(diagonals.Average(), -0.15, 0.15);
        Assert.InRange(diagonals.Average(value => value * value), 0.25, 0.42);
    }

    [Fact]
    public void Identity_HasItsGainOnTheDiagonal()
    {
        Assert.Equal(new double[,] { { 2, 0, 0 }, { 0, 2, 0 } }, Kernel(2, 3, "identity(gain=2)"));
        Assert.Equal(new double[,] { { 1, 0 }, { 0, 1 }, { 0, 0 } }, Kernel(3, 2, "eye"));
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("orthogonal(gain=2)")]
    public void MatrixInitializer_OfABias_IsRefused(string initializer)
    {
        using var model = new Sequential { new Dense(3, biasInitializer: initializer) };

        var failure = Assert.Throws<InvalidOperationException>(() => model.Build(2));

        Assert.Contains("fills matrices; parameter 'dense/bias' has shape [3]", failure.Message, StringComparison.Ordinal);
    }

    private static double[,] Kernel(int rows, int columns, string initializer, long seed = 1)
    {
        using var model = new Sequential(seed) { new Dense(columns, inputShape: rows, kernelInitializer: initializer) };
        model.Build(rows);
        double[] values = TestModels.Parameter(model, "dense/kernel");
        var kernel = new double[rows, columns];
        for (int i = 0; i < values.Length; i++)
            kernel[i / columns, i % columns] = values[i];
        return kernel;
    }
}
