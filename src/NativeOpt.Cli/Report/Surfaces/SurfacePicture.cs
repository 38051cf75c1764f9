using System.Text.Json.Nodes;
using System.Xml.Linq;
using NativeOpt.Cli.Report.Charts;

namespace NativeOpt.Cli.Report.Surfaces;

/// <summary>
/// A function of two numbers as shades and level lines, with paths drawn over it: how optimizers walk a loss surface. Goes into a
/// <see cref="Blocks.FigureGroup"/>, whose legend switches the paths.
/// </summary>
/// <example>
/// <code>
/// new SurfacePicture("Rosenbrock's valley", (-2, 2), (-1, 3), (x, y) => Math.Pow(1 - x, 2) + 100 * Math.Pow(y - x * x, 2))
/// {
///     HasRatioLevels = true,
///     Paths = [new SurfacePath("adam", [(-1.5, 2), (-1.4, 1.9)]) { Slot = 0 }],
///     Places = [new SurfacePlace("minimum", 1, 1)],
/// }
/// </code>
/// </example>
/// <param name="Title">Heading.</param>
/// <param name="Across">Ends of the horizontal axis.</param>
/// <param name="Up">Ends of the vertical axis.</param>
/// <param name="Function">The height at (x, y); what is no number is left blank.</param>
internal sealed record SurfacePicture(
    string Title, (double Low, double High) Across, (double Low, double High) Up, Func<double, double, double> Function) : IPicture
{
    /// <summary>Names of the axes.</summary>
    public (string Across, string Up) Names { get; init; } = ("x", "y");

    /// <summary>Number of level lines; ignored where <see cref="Levels"/> are given.</summary>
    public int LevelCount { get; init; } = 12;

    /// <summary>Heights of the level lines, ascending; null: spread over the values, see <see cref="HasRatioLevels"/>.</summary>
    public IReadOnlyList<double>? Levels { get; init; }

    /// <summary>
    /// Whether the distances of the levels from the lowest value grow by a factor from one to the next, for surfaces that are flat at
    /// the bottom and steep at the rim. Else as many points of the grid lie between two levels as between any other two.
    /// </summary>
    public bool HasRatioLevels { get; init; }

    /// <summary>Points of the grid along each axis, at which the function is taken.</summary>
    public int GridSize { get; init; } = 81;

    /// <summary>What is drawn over the surface.</summary>
    public IReadOnlyList<SurfacePath> Paths { get; init; } = [];

    /// <summary>Points with names, such as a minimum.</summary>
    public IReadOnlyList<SurfacePlace> Places { get; init; } = [];

    /// <summary>A sentence below the picture; null: none.</summary>
    public string? Note { get; init; }

    /// <inheritdoc/>
    public IEnumerable<string> Notes => Note is null ? [] : [Note];

    /// <inheritdoc/>
    public IEnumerable<LegendEntry> Legend => Paths.Select(path => new LegendEntry(path.Slot, path.Label));

    /// <inheritdoc/>
    public bool HasLogarithmSwitch => false;

    /// <inheritdoc/>
    public JsonObject? Hover() => null;

    /// <inheritdoc/>
    public IEnumerable<XElement> Draw(string id) => [SurfaceDrawing.Draw(this, id)];

    /// <summary>The values on the grid: rows from <see cref="Up"/>.Low on, columns from <see cref="Across"/>.Low on.</summary>
    public double[,] Sample()
    {
        double[,] values = new double[GridSize, GridSize];
        for (int row = 0; row < GridSize; row++)
            for (int column = 0; column < GridSize; column++)
                values[row, column] = Function(At(Across, column), At(Up, row));
        return values;
    }

    /// <summary>Heights of the level lines for these values.</summary>
    public double[] LevelsOf(double[,] values)
    {
        if (Levels is not null)
            return [.. Levels];
        double[] sorted = [.. values.Cast<double>().Where(double.IsFinite).Order()];
        if (sorted.Length == 0 || sorted[0] == sorted[^1])
            return [];
        double range = sorted[^1] - sorted[0];
        IEnumerable<double> levels = Enumerable.Range(1, LevelCount).Select(i => HasRatioLevels
            ? sorted[0] + range * Math.Pow(SmallestRatio, 1 - (double)i / (LevelCount + 1))
            : sorted[(int)((long)(sorted.Length - 1) * i / (LevelCount + 1))]);
        return [.. levels.Distinct()];
    }

    /// <summary>The lowest level, as a part of the range, if levels grow by a factor.</summary>
    private const double SmallestRatio = 1e-4;

    private double At((double Low, double High) axis, int index) => axis.Low + (axis.High - axis.Low) * index / (GridSize - 1);
}

/// <summary>A way over a surface.</summary>
/// <param name="Label">Whose it is.</param>
/// <param name="Points">From the start to the end; it ends where a number is not finite.</param>
internal sealed record SurfacePath(string Label, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>Number of the colour.</summary>
    public int Slot { get; init; }

    /// <summary>Whether each point has a small dot.</summary>
    public bool HasDots { get; init; } = true;
}

/// <summary>A point of a surface with a name.</summary>
internal sealed record SurfacePlace(string Name, double X, double Y);
