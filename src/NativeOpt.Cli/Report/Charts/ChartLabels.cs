namespace NativeOpt.Cli.Report.Charts;

/// <summary>Where the names at the right end of a chart go, so that none covers another.</summary>
internal static class ChartLabels
{
    /// <summary>Distance of two lines of text.</summary>
    public const double LineHeight = 15;

    /// <summary>
    /// Heights near <paramref name="wanted"/>, at least <see cref="LineHeight"/> apart and inside [top, bottom], in the order of
    /// <paramref name="wanted"/>; null if there are too many for that.
    /// </summary>
    public static double[]? Place(IReadOnlyList<double> wanted, double top, double bottom)
    {
        int count = wanted.Count;
        if ((count - 1) * LineHeight > bottom - top)
            return null;
        int[] order = [.. Enumerable.Range(0, count).OrderBy(i => wanted[i])];
        // Without its line height every label may sit where the one above it sits: what is left is to make the heights ascend
        // while moving them as little as possible, which is to average the neighbours that are out of order.
        var blocks = new Stack<(double Mean, int Count)>();
        for (int i = 0; i < count; i++)
        {
            (double mean, int size) = (wanted[order[i]] - i * LineHeight, 1);
            for (; blocks.TryPeek(out (double Mean, int Count) above) && above.Mean > mean; blocks.Pop())
                (mean, size) = ((above.Mean * above.Count + mean * size) / (above.Count + size), above.Count + size);
            blocks.Push((mean, size));
        }
        double[] result = new double[count];
        int next = 0;
        foreach ((double mean, int size) in blocks.Reverse())
            for (int end = next + size; next < end; next++)
                result[order[next]] = Math.Clamp(mean, top, bottom - (count - 1) * LineHeight) + next * LineHeight;
        return result;
    }
}
