namespace NativeOpt.Cli.Display;

/// <summary>Labels of runs where there is little room.</summary>
internal static class Labels
{
    /// <summary>
    /// Labels of at most <paramref name="width"/> characters: longer ones lose their end, or where that made two of them equal, their
    /// middle.
    /// </summary>
    public static string[] Fit(IReadOnlyList<string> labels, int width)
    {
        string[] shortened = [.. labels.Select(label => Cut(label, width, tail: 0))];
        return shortened.Distinct().Count() == shortened.Length ? shortened : [.. labels.Select(label => Cut(label, width, width / 2))];
    }

    private static string Cut(string label, int width, int tail) => label.Length <= width
        ? label
        : $"{label[..Math.Max(0, width - tail - 1)]}\u2026{label[(label.Length - tail)..]}";
}
