namespace NativeOpt.Cli.Tutorial.Surfaces;

/// <summary>
/// Rates just below and above 2/L. Near a minimum a surface is a quadratic, and along its steepest direction each step of gradient
/// descent multiplies the distance by 1 - rate L; with momentum mu the limit is 2 (1 + mu)/L (Polyak 1964).
/// </summary>
internal static class StabilityStudy
{
    private const double Distance = 1e-3;
    private const double Momentum = 0.9;

    // Near its limit momentum swings with a long period; its distance means something after many steps only.
    private const int Steps = 400;

    /// <summary>What is tried, as a share of the limit.</summary>
    private static readonly double[] Shares = [0.9, 0.99, 1.01, 1.1];

    /// <summary>A row for each surface, optimizer and rate.</summary>
    public static IReadOnlyList<StabilityRow> Run(BackendKind backend) =>
    [
        .. from surface in (Surface[])[TestSurfaces.Bowl, TestSurfaces.Rosenbrock, TestSurfaces.Beale, TestSurfaces.Himmelblau]
           from momentum in (double[])[0, Momentum]
           from share in Shares
           select Measure(surface, momentum, share * 2 * (1 + momentum), backend),
    ];

    private static StabilityRow Measure(Surface surface, double momentum, double rateTimesCurvature, BackendKind backend)
    {
        PlanePoint minimum = surface.Minima[0];
        Curvature curvature = Curvature.At(surface, minimum);
        var rule = new Sgd { LearningRate = rateTimesCurvature / curvature.Largest, Momentum = momentum };
        DescentPath path = new SurfaceDescent(Steps, backend).Follow(Moved(surface), rule.Name, rule, Distance * curvature.Direction);
        return new StabilityRow(
            surface.Name, momentum == 0 ? "SGD" : "Momentum", curvature.Largest, 2 * (1 + momentum), rateTimesCurvature, Growth(path));
    }

    /// <summary>The surface with its minimum at the origin, where single precision can tell small distances apart.</summary>
    private static Surface Moved(Surface surface)
    {
        PlanePoint minimum = surface.Minima[0];
        return surface with
        {
            Value = p => surface.Value(p + minimum), Gradient = p => surface.Gradient(p + minimum), Minima = [default],
        };
    }

    /// <summary>The largest distance of the last tenth of the path, against that of the start.</summary>
    private static double Growth(DescentPath path) => path.End == PathEnd.Diverged
        ? double.PositiveInfinity
        : path.Points.TakeLast(Steps / 10).Max(point => point.Length) / Distance;
}
