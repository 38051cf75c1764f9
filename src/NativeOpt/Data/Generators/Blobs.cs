using NativeOpt.Initializers;

namespace NativeOpt.Data.Generators;

/// <summary>Round normal clouds, a class each.</summary>
internal static class Blobs
{
    private const int Kind = 2;

    /// <summary>Around centres that are drawn from a box.</summary>
    public static InMemoryDataset Make(
        int samples, int features, int centers, double clusterStd, (double Low, double High) centerBox, bool shuffle, long seed)
    {
        Require.AtLeast(features, 1, nameof(features));
        Require.AtLeast(centers, 1, nameof(centers));
        Require.Finite(centerBox.Low, "centerBox.Low");
        Require.Finite(centerBox.High, "centerBox.High");
        var random = new RandomSequence(seed, RandomStreams.Generator(Kind));
        var table = new GeneratedTable(centers, features);
        for (int k = 0; k < centers; k++)
            random.FillBetween(table.Row(k), centerBox.Low, centerBox.High);
        return Make(samples, table, clusterStd, shuffle, random);
    }

    /// <summary>Around given centres, [classes, features].</summary>
    public static InMemoryDataset Make(int samples, float[,] centers, double clusterStd, bool shuffle, long seed)
    {
        ArgumentNullException.ThrowIfNull(centers);
        (int classes, int features) = (centers.GetLength(0), centers.GetLength(1));
        if (centers.Length == 0)
            throw new ArgumentException(
                $"centers is [{classes}, {features}]; there must be one centre and one feature at least", nameof(centers));
        var table = new GeneratedTable(classes, features);
        for (int k = 0; k < classes; k++)
            for (int j = 0; j < features; j++)
                table.Row(k)[j] = Require.Finite(centers[k, j], $"centers[{k}, {j}]");
        return Make(samples, table, clusterStd, shuffle, new RandomSequence(seed, RandomStreams.Generator(Kind)));
    }

    private static InMemoryDataset Make(int samples, GeneratedTable centers, double clusterStd, bool shuffle, RandomSequence random)
    {
        Require.AtLeast(samples, 1, nameof(samples));
        Require.NotNegative(clusterStd, nameof(clusterStd));
        // The first classes have a row more where samples cannot be divided.
        int[] labels = [.. Enumerable.Range(0, samples).Select(row => row % centers.Rows).Order()];
        if (shuffle)
            random.Shuffle(labels);
        var table = new GeneratedTable(samples, centers.Columns);
        for (int row = 0; row < samples; row++)
        {
            Span<double> point = table.Row(row);
            random.FillNormal(point);
            for (int j = 0; j < point.Length; j++)
                point[j] = centers.Row(labels[row])[j] + clusterStd * point[j];
        }
        return new InMemoryDataset(table.ToFeatures(), labels);
    }
}
