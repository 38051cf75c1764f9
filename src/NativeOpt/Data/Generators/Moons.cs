using NativeOpt.Initializers;

namespace NativeOpt.Data.Generators;

/// <summary>Two half circles that reach into each other, a toy problem that no straight line solves.</summary>
internal static class Moons
{
    private const int Kind = 1;

    public static InMemoryDataset Make(int samples, double noise, bool shuffle, long seed)
    {
        Require.AtLeast(samples, 2, nameof(samples));
        Require.NotNegative(noise, nameof(noise));
        var random = new RandomSequence(seed, RandomStreams.Generator(Kind));
        int outer = samples / 2;
        var table = new GeneratedTable(samples, 2);
        for (int row = 0; row < samples; row++)
        {
            bool isOuter = row < outer;
            (int place, int count) = isOuter ? (row, outer) : (row - outer, samples - outer);
            (double x, double y) = HalfCircle.At(count == 1 ? 0 : place / (count - 1.0));
            Span<double> point = table.Row(row);
            (point[0], point[1]) = isOuter ? (x, y) : (1 - x, 0.5 - y);
        }
        int[] order = shuffle ? random.Permutation(samples) : [.. Enumerable.Range(0, samples)];
        GeneratedTable ordered = table.Reordered(order, null);
        for (int row = 0; row < samples; row++)
            foreach (ref double coordinate in ordered.Row(row))
                coordinate += noise * random.NextNormal();
        return new InMemoryDataset(ordered.ToFeatures(), Array.ConvertAll(order, row => row < outer ? 0 : 1));
    }
}
