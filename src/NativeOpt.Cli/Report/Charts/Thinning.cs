namespace NativeOpt.Cli.Report.Charts;

/// <summary>Long lines, such as a loss of every step, without the points that nobody would see.</summary>
internal static class Thinning
{
    /// <summary>More points than the drawing is wide show nothing more; the extremes between two of them are kept.</summary>
    private const int MaxColumns = 600;

    /// <summary>
    /// The indexes of all values, or of each column of the drawing those with its smallest and its largest value, and the last one.
    /// What is no number counts as small, so that a gap stays.
    /// </summary>
    public static IEnumerable<int> Kept(IReadOnlyList<double> values)
    {
        if (values.Count <= 2 * MaxColumns)
            return Enumerable.Range(0, values.Count);
        return Enumerable.Range(0, MaxColumns).SelectMany(column =>
        {
            int first = (int)((long)values.Count * column / MaxColumns), end = (int)((long)values.Count * (column + 1) / MaxColumns);
            IEnumerable<int> indexes = Enumerable.Range(first, end - first);
            return new[] { indexes.MinBy(i => values[i]), indexes.MaxBy(i => values[i]) }.Order().Distinct();
        }).Append(values.Count - 1).Distinct();
    }
}
