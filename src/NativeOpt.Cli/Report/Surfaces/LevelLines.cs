namespace NativeOpt.Cli.Report.Surfaces;

/// <summary>Lines of equal height on a grid: marching squares (Lorensen and Cline 1987, in the plane), one cell after the other.</summary>
internal static class LevelLines
{
    /// <summary>The pieces of the line at a height; coordinates count columns (x) and rows (y) of the grid.</summary>
    public static IEnumerable<(double X1, double Y1, double X2, double Y2)> Trace(double[,] values, double level)
    {
        for (int row = 0; row + 1 < values.GetLength(0); row++)
            for (int column = 0; column + 1 < values.GetLength(1); column++)
                foreach (var piece in Cell(values, row, column, level))
                    yield return piece;
    }

    /// <summary>
    /// The line enters and leaves a cell where it crosses its edges; of four crossings, as on a saddle, the middle of the cell decides
    /// which belong together.
    /// </summary>
    private static IEnumerable<(double, double, double, double)> Cell(double[,] values, int row, int column, double level)
    {
        // Counter-clockwise from the lower left corner; edge i leads from corner i to corner i + 1.
        double[] corners = [values[row, column], values[row, column + 1], values[row + 1, column + 1], values[row + 1, column]];
        if (!Array.TrueForAll(corners, double.IsFinite))
            yield break;
        var crossings = new List<(double X, double Y)>(4);
        for (int edge = 0; edge < 4; edge++)
            if (corners[edge] > level != corners[(edge + 1) % 4] > level)
                crossings.Add(OnEdge(row, column, edge, (level - corners[edge]) / (corners[(edge + 1) % 4] - corners[edge])));
        // Pieces cut off corners 1 and 3 where corner 0 is on the side of the middle, else corners 0 and 2.
        if (crossings.Count == 4 && corners.Average() > level != corners[0] > level)
            crossings = [crossings[3], crossings[0], crossings[1], crossings[2]];
        for (int i = 0; i + 1 < crossings.Count; i += 2)
            yield return (crossings[i].X, crossings[i].Y, crossings[i + 1].X, crossings[i + 1].Y);
    }

    private static (double X, double Y) OnEdge(int row, int column, int edge, double part) => edge switch
    {
        0 => (column + part, row),
        1 => (column + 1, row + part),
        2 => (column + 1 - part, row + 1),
        _ => (column, row + 1 - part),
    };
}
