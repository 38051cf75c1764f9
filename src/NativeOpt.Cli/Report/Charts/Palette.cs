namespace NativeOpt.Cli.Report.Charts;

/// <summary>
/// Colours of the runs: those of Okabe and Ito (2008), which people with any common kind of colour blindness can tell apart, with
/// violet for their second blue; then four more. On white the light ones are darkened and on black the dark ones lightened, to keep
/// a contrast of 3 to 1 with the page.
/// </summary>
internal static class Palette
{
    private static readonly (string Light, string Dark)[] Colours =
    [
        ("#0072b2", "#4ba3e0"), // blue
        ("#d55e00", "#f0803c"), // vermilion
        ("#009e73", "#2bc39a"), // bluish green
        ("#b5679a", "#dd9cc4"), // reddish purple
        ("#c08400", "#f0b429"), // orange
        ("#6a45c0", "#a993f5"), // violet
        ("#4a4a4a", "#d0d0d0"), // black
        ("#9a8f00", "#f0e442"), // yellow
        ("#7a4a21", "#c79b6d"), // brown
        ("#0a8a9e", "#5ad5e6"), // cyan
        ("#b0123f", "#ff7f96"), // crimson
        ("#5c9200", "#a9dc45"), // lime
    ];

    /// <summary>Marks at the end of the lines; another one for each round through the colours.</summary>
    private static readonly string[] Marks = ["circle", "square", "diamond", "triangle"];

    /// <summary>Style rules: every run's --c in light and in dark.</summary>
    public static string Css(int runs)
    {
        string Rules(Func<(string Light, string Dark), string> pick) =>
            string.Concat(Enumerable.Range(0, runs).Select(i => $".r{i}{{--c:{pick(Colours[i % Colours.Length])}}}"));
        return $"{Rules(c => c.Light)}\n@media screen and (prefers-color-scheme:dark){{{Rules(c => c.Dark)}}}\n";
    }

    public static string Mark(int run) => Marks[run / Colours.Length % Marks.Length];
}
