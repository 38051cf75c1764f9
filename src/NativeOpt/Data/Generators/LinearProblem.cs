using NativeOpt.Initializers;

namespace NativeOpt.Data.Generators;

/// <summary>A linear function of some of the inputs, with noise.</summary>
internal static class LinearProblem
{
    private const int Kind = 3;
    private const double LargestCoefficient = 100;

    /// <summary>Makes the rows.</summary>
    /// <returns>The rows, and the coefficients of the function: [features, targets].</returns>
    public static (InMemoryDataset Data, float[,] Coefficients) Make(
        int samples, int features, int informative, int targets, double bias, double noise, bool shuffle, long seed)
    {
        Require.AtLeast(samples, 1, nameof(samples));
        Require.AtLeast(features, 1, nameof(features));
        Require.AtLeast(informative, 0, nameof(informative));
        Require.AtLeast(targets, 1, nameof(targets));
        Require.Finite(bias, nameof(bias));
        Require.NotNegative(noise, nameof(noise));
        var random = new RandomSequence(seed, RandomStreams.Generator(Kind));
        var inputs = new GeneratedTable(samples, features);
        for (int row = 0; row < samples; row++)
            random.FillNormal(inputs.Row(row));
        double[,] coefficients = Coefficients(features, Math.Min(informative, features), targets, shuffle, random);
        var outputs = new float[samples, targets];
        for (int row = 0; row < samples; row++)
            for (int t = 0; t < targets; t++)
                outputs[row, t] = (float)(Apply(inputs.Row(row), coefficients, t) + bias + noise * random.NextNormal());
        return (new InMemoryDataset(inputs.ToFeatures(), TargetsOf(outputs)), ToFloat(coefficients));
    }

    // Which columns inform is random where rows are shuffled: normal columns are all alike, so this is the same as moving columns.
    private static double[,] Coefficients(int features, int informative, int targets, bool shuffle, RandomSequence random)
    {
        var coefficients = new double[features, targets];
        int[] columns = shuffle ? random.Permutation(features) : [.. Enumerable.Range(0, features)];
        for (int i = 0; i < informative; i++)
            for (int t = 0; t < targets; t++)
                coefficients[columns[i], t] = random.NextBetween(0, LargestCoefficient);
        return coefficients;
    }

    private static double Apply(ReadOnlySpan<double> x, double[,] coefficients, int target)
    {
        double sum = 0;
        for (int j = 0; j < x.Length; j++)
            sum += x[j] * coefficients[j, target];
        return sum;
    }

    private static Targets TargetsOf(float[,] outputs) => outputs.GetLength(1) == 1 ? outputs.Cast<float>().ToArray() : outputs;

    private static float[,] ToFloat(double[,] values)
    {
        var result = new float[values.GetLength(0), values.GetLength(1)];
        for (int i = 0; i < result.GetLength(0); i++)
            for (int j = 0; j < result.GetLength(1); j++)
                result[i, j] = (float)values[i, j];
        return result;
    }
}
