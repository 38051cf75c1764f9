namespace NativeOpt.Data.Generators;

/// <summary>Corners of a cube, where the clusters of made-up classes stand.</summary>
internal static class Vertices
{
    /// <summary>A cube of more dimensions has enough corners; further coordinates are drawn freely.</summary>
    private const int DistinctDimensions = 30;

    /// <summary>Different corners of the cube of the given dimensions, with coordinates 0 and 1.</summary>
    /// <param name="count">At most 2^dimensions.</param>
    /// <param name="dimensions">Of the cube.</param>
    /// <param name="random">Chooses them.</param>
    public static double[][] Draw(int count, int dimensions, RandomSequence random)
    {
        int distinct = Math.Min(dimensions, DistinctDimensions);
        var taken = new HashSet<int>();
        var corners = new double[count][];
        for (int i = 0; i < count; i++)
        {
            int bits;
            do
                bits = random.NextBelow(1 << distinct);
            while (!taken.Add(bits));
            corners[i] = new double[dimensions];
            for (int j = 0; j < dimensions; j++)
                corners[i][j] = j < distinct ? (bits >> j) & 1 : random.NextBelow(2);
        }
        return corners;
    }
}
