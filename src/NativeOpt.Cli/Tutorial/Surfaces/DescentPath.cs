namespace NativeOpt.Cli.Tutorial.Surfaces;

/// <summary>What became of a descent.</summary>
internal enum PathEnd
{
    /// <summary>It came to a minimum, and stayed.</summary>
    Arrived,

    /// <summary>It was still on its way.</summary>
    Unfinished,

    /// <summary>It left for infinity.</summary>
    Diverged,
}

/// <summary>The way of an optimizer over a surface.</summary>
/// <param name="Surface">The surface.</param>
/// <param name="Optimizer">Its name.</param>
/// <param name="LearningRate">Its rate.</param>
/// <param name="Points">The start, and where each step led to.</param>
internal sealed record DescentPath(Surface Surface, string Optimizer, double LearningRate, IReadOnlyList<PlanePoint> Points)
{
    /// <summary>So near counts as being there; the units are those of the surface.</summary>
    private const double Near = 0.05;

    /// <summary>What became of it.</summary>
    public required PathEnd End { get; init; }

    /// <summary>The number of the first step of which on it stayed at its minimum; null where it did not come to one.</summary>
    public int? ArrivedAt { get; private init; }

    /// <summary>The last place.</summary>
    public PlanePoint Last => Points[^1];

    /// <summary>f at the last place, above the lowest minimum; infinite where it diverged.</summary>
    public double Excess => End == PathEnd.Diverged ? double.PositiveInfinity : Surface.Value(Last) - Surface.Lowest;

    /// <summary>Whether it came to the lowest minimum, or one as low.</summary>
    public bool FoundLowest => End == PathEnd.Arrived && Surface.IsLowest(Surface.NearestMinimum(Last));

    /// <summary>The first steps, where most happens, then every tenth, and the last: enough to draw the path and to read it.</summary>
    public IEnumerable<(int Number, PlanePoint Point)> Thinned()
    {
        const int whole = 200, stride = 10;
        return Points.Index().Where(step => step.Index <= whole || step.Index % stride == 0 || step.Index == Points.Count - 1);
    }

    /// <summary>Says what became of a path.</summary>
    public static DescentPath Of(Surface surface, string optimizer, double learningRate, IReadOnlyList<PlanePoint> points, bool diverged)
    {
        PlanePoint minimum = surface.NearestMinimum(points[^1]);
        int far = points.Count - 1;
        while (!diverged && far >= 0 && (points[far] - minimum).Length <= Near)
            far--;
        bool arrived = !diverged && far < points.Count - 1;
        return new DescentPath(surface, optimizer, learningRate, points)
        {
            End = diverged ? PathEnd.Diverged : arrived ? PathEnd.Arrived : PathEnd.Unfinished,
            ArrivedAt = arrived ? far + 1 : null,
        };
    }
}
