using System.Globalization;
using NativeOpt.Cli.Report;
using NativeOpt.Cli.Report.Blocks;
using NativeOpt.Cli.Report.Charts;
using NativeOpt.Cli.Report.Surfaces;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Tutorial.Surfaces;

/// <summary>What the report on surfaces shows.</summary>
internal static class SurfacesPage
{
    /// <summary>Stability, the saddle, and the wells.</summary>
    public static IEnumerable<VerdictSentence> Verdict(SurfacesResult result)
    {
        int asPredicted = result.Stability.Count(row => row.Converged == row.ShouldConverge);
        yield return new($"Rates just below and above 2/L: {asPredicted} of {result.Stability.Count} runs did what theory says, which is "
            + "to converge below 2/L, or 2 (1 + momentum)/L with momentum, and to leave above.");
        DescentPath[] saddle = [.. result.Paths.Where(path => path.Surface == TestSurfaces.Saddle && path.ArrivedAt is not null)
            .OrderBy(path => path.ArrivedAt)];
        if (saddle.Length > 1)
            yield return new($"Past the saddle {saddle[0].Optimizer} is first, after {saddle[0].ArrivedAt} steps, and "
                + $"{saddle[^1].Optimizer} last, after {saddle[^1].ArrivedAt}; each at the rate that suits it best.");
        DescentPath[] lowest = [.. result.Paths.Where(path => path.Surface == TestSurfaces.Wells && path.FoundLowest)];
        yield return new(lowest.Length == 0
            ? "None of the optimizers found the lowest of the four wells."
            : $"Only {Sentences.List([.. lowest.Select(path => path.Optimizer)])} found the lowest of the four wells from the start of "
                + "the picture.");
    }

    /// <summary>The pictures, a section each, then stability and the wells.</summary>
    public static IEnumerable<ReportSection> Sections(SurfacesResult result)
    {
        foreach (IGrouping<Surface, DescentPath> paths in result.Paths.GroupBy(path => path.Surface))
            yield return new(Capital(paths.Key.Name), new TextBlock($"{paths.Key.Formula}. {paths.Key.Lesson}"),
                new FigureGroup([Picture(paths.Key, [.. paths]), Heights(paths.Key, [.. paths])]), Table(paths));
        yield return new("Rates below and above 2/L",
            new TextBlock(
                "L is the largest second derivative at the minimum. Each run begins a thousandth away from it, along the steepest "
                + "direction, and takes 400 steps. Along that direction a step of gradient descent multiplies the distance by 1 - rate "
                + "L: it shrinks as long as the rate is below 2/L. With momentum 0.9 the limit is 3.8/L. What leaves a minimum need not "
                + "go far: away from it the surface is bent in another way."),
            StabilityTable(result.Stability));
        yield return new("Where random starts end",
            new TextBlock($"{result.Basins[0].Starts} random places of the surface with four wells, without noise and with noise of "
                + $"deviation {BasinStudy.Noise} on each number of the gradient, which fades over two thirds of the path. Without noise "
                + "the start decides alone."),
            BasinTable(result.Basins));
    }

    private static SurfacePicture Picture(Surface surface, DescentPath[] paths) => new(
        "Paths", (surface.Low.X, surface.High.X), (surface.Low.Y, surface.High.Y), (x, y) => surface.Value(new PlanePoint(x, y)))
    {
        HasRatioLevels = surface != TestSurfaces.Saddle && surface != TestSurfaces.Wells,
        LevelCount = 14,
        Paths = [.. paths.Select((path, slot) =>
            new SurfacePath(path.Optimizer, [.. path.Thinned().Select(step => (step.Point.X, step.Point.Y))])
            {
                Slot = slot,
                HasDots = false,
            })],
        Places = [new("start", surface.Start.X, surface.Start.Y), .. surface.Minima.Select(minimum =>
            new SurfacePlace(surface.IsLowest(minimum) ? "minimum" : "local minimum", minimum.X, minimum.Y))],
    };

    private static LineChart Heights(Surface surface, DescentPath[] paths) => new(
        "Height above the lowest minimum", ChartAxis.Step, new ChartAxis("f minus its minimum") { Logarithmic = true },
        [.. paths.Select((path, slot) => new Series(path.Optimizer, [.. path.Thinned().Select(step => (double)step.Number)],
            [.. path.Thinned().Select(step => Math.Max(1e-12, surface.Value(step.Point) - surface.Lowest))]) { Slot = slot })])
    {
        Note = "What is below 1e-12 is drawn there.",
    };

    private static ReportTable Table(IEnumerable<DescentPath> paths) => new(
        [
            new("Optimizer"), new("Learning rate") { Show = Number }, new("Steps to a minimum", Best.Low) { Show = Count },
            new("Height at the end", Best.Low) { Show = Significant }, new("End") { IsText = true },
        ],
        [.. paths.Select((path, slot) => new TableRow(
            path.Optimizer, path.LearningRate, path.ArrivedAt is { } step ? step : TableCell.None, path.Excess, EndOf(path))
            { Slot = slot })])
    {
        Caption = "Of some rates from 0.0001 to 10 each optimizer has the one with which it arrives first, or else comes lowest.",
    };

    private static TableCell EndOf(DescentPath path) => path.End switch
    {
        PathEnd.Arrived => path.FoundLowest ? "at a lowest minimum" : new TableCell(double.NaN, "in a local minimum", IsWarning: true),
        PathEnd.Diverged => new TableCell(double.NaN, "diverged", IsWarning: true),
        _ => new TableCell(double.NaN, "on its way", IsWarning: true),
    };

    private static ReportTable StabilityTable(IReadOnlyList<StabilityRow> rows) => new(
        [
            new("Surface and optimizer"), new("L") { Show = Significant }, new("Learning rate") { Show = Significant }, new("Rate x L"),
            new("Limit of rate x L"), new("Distance after / before"), new("What happened") { IsText = true },
        ],
        [.. rows.Select(row => new TableRow(
            $"{row.Surface}, {row.Optimizer}", row.Curvature, row.LearningRate, Math.Round(row.RateTimesCurvature, 4), row.Limit,
            new TableCell(row.Growth, double.IsFinite(row.Growth) ? Significant(row.Growth) : Diverged),
            new TableCell(double.NaN, Words(row), row.Converged != row.ShouldConverge)))]);

    private static string Words(StabilityRow row) =>
        (row.Converged ? "it converges, " : "it leaves, ") + (row.Converged == row.ShouldConverge ? "as it should" : "which it should not");

    private static ReportTable BasinTable(IReadOnlyList<BasinRow> rows) => new(
        [
            new("Optimizer"), new("Learning rate") { Show = Number }, new("Noise") { Show = Number },
            new("Found the lowest well", Best.High) { Show = Share }, new("Left for infinity") { Show = Count },
        ],
        [.. rows.Select(row => new TableRow(row.Optimizer, row.LearningRate, row.Noise, row.Share, row.Lost)
        {
            Slot = TutorialOptimizer.All.ToList().FindIndex(optimizer => optimizer.Name == row.Optimizer),
        })]);

    private static string Capital(string name) => name[..1].ToUpper(CultureInfo.InvariantCulture) + name[1..];
}
