namespace NativeOpt.Cli.Tutorial.Surfaces;

/// <summary>
/// The functions of the experiment. Rosenbrock 1960; Beale 1958; Himmelblau 1972; Styblinski and Tang 1990.
/// </summary>
internal static class TestSurfaces
{
    /// <summary>Where x^4 - 16 x^2 + 5 x has its two minima: zeros of 4 x^3 - 32 x + 5.</summary>
    private const double DeepWell = -2.9035340276896057, ShallowWell = 2.7468027709908374;

    /// <summary>A quadratic whose curvatures differ 25 times.</summary>
    public static Surface Bowl { get; } = new(
        "narrow bowl", "f = (x\u00b2 + 25 y\u00b2) / 2", p => (p.X * p.X + 25 * p.Y * p.Y) / 2, p => new(p.X, 25 * p.Y))
    {
        Start = new(-4, 1.2), Low = new(-5, -2), High = new(2, 2), Minima = [new(0, 0)],
        Lesson = "A quadratic that is 25 times as steep along y as along x: a rate that suits one of them is wrong for the other.",
    };

    /// <summary>A curved valley with a floor that is nearly flat.</summary>
    public static Surface Rosenbrock { get; } = new(
        "Rosenbrock", "f = (1 - x)\u00b2 + 100 (y - x\u00b2)\u00b2",
        p => (1 - p.X) * (1 - p.X) + 100 * Math.Pow(p.Y - p.X * p.X, 2),
        p => new(-2 * (1 - p.X) - 400 * p.X * (p.Y - p.X * p.X), 200 * (p.Y - p.X * p.X)))
    {
        Start = new(-1.2, 1), Low = new(-1.8, -0.6), High = new(1.8, 2.2), Minima = [new(1, 1)],
        Lesson = "A curved valley: easy to find, slow to follow.",
    };

    /// <summary>Steep walls around a plateau.</summary>
    public static Surface Beale { get; } = new(
        "Beale", "f = (1.5 - x + xy)\u00b2 + (2.25 - x + xy\u00b2)\u00b2 + (2.625 - x + xy\u00b3)\u00b2", BealeValue, BealeGradient)
    {
        Start = new(0.8, 1.6), Low = new(-1, -1.5), High = new(4.2, 2.2), Minima = [new(3, 0.5)],
        Lesson = "Steep walls around a flat valley: the first gradients are thousands of times the last ones.",
    };

    /// <summary>Four minima of the same depth.</summary>
    public static Surface Himmelblau { get; } = new(
        "Himmelblau", "f = (x\u00b2 + y - 11)\u00b2 + (x + y\u00b2 - 7)\u00b2",
        p => Math.Pow(p.X * p.X + p.Y - 11, 2) + Math.Pow(p.X + p.Y * p.Y - 7, 2),
        p => new(
            4 * p.X * (p.X * p.X + p.Y - 11) + 2 * (p.X + p.Y * p.Y - 7),
            2 * (p.X * p.X + p.Y - 11) + 4 * p.Y * (p.X + p.Y * p.Y - 7)))
    {
        Start = new(-0.5, -0.5), Low = new(-5, -5), High = new(5, 5),
        Minima = [new(3, 2), new(-2.805118086952745, 3.131312518250573), new(-3.779310253377747, -3.283185991286170),
            new(3.584428340330492, -1.848126526964404)],
        Lesson = "Four minima of equal depth: which one is found depends on the path.",
    };

    /// <summary>Steep across, and nearly flat where it goes down.</summary>
    public static Surface Saddle { get; } = new(
        "saddle", "f = 5 x\u00b2 - 0.05 y\u00b2 + 0.025 y\u2074",
        p => 5 * p.X * p.X - 0.05 * p.Y * p.Y + 0.025 * Math.Pow(p.Y, 4),
        p => new(10 * p.X, -0.1 * p.Y + 0.1 * Math.Pow(p.Y, 3)))
    {
        Start = new(0.9, 0.001), Low = new(-1, -1.6), High = new(1.2, 1.6), Minima = [new(0, 1), new(0, -1)],
        Lesson = "A saddle at the origin, steep across and nearly flat along: the way down begins with a slope of 0.0001.",
    };

    /// <summary>Four wells, one of them the deepest.</summary>
    public static Surface Wells { get; } = new(
        "four wells", "f = (x\u2074 - 16 x\u00b2 + 5x + y\u2074 - 16 y\u00b2 + 5y) / 2",
        p => (WellValue(p.X) + WellValue(p.Y)) / 2, p => new(WellSlope(p.X), WellSlope(p.Y)))
    {
        Start = new(4.2, 4.4), Low = new(-4.5, -4.5), High = new(4.5, 4.5),
        Minima = [new(DeepWell, DeepWell), new(ShallowWell, DeepWell), new(DeepWell, ShallowWell), new(ShallowWell, ShallowWell)],
        Lesson = "Styblinski and Tang's function: four minima, of which only the lower left one is the lowest.",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Surface> All { get; } = [Bowl, Rosenbrock, Beale, Himmelblau, Saddle, Wells];

    private static double WellValue(double t) => Math.Pow(t, 4) - 16 * t * t + 5 * t;

    private static double WellSlope(double t) => (4 * Math.Pow(t, 3) - 32 * t + 5) / 2;

    private static double BealeValue(PlanePoint p)
    {
        (double a, double b, double c) = BealeTerms(p);
        return a * a + b * b + c * c;
    }

    private static PlanePoint BealeGradient(PlanePoint p)
    {
        (double a, double b, double c) = BealeTerms(p);
        double y2 = p.Y * p.Y, y3 = y2 * p.Y;
        return new(2 * (a * (p.Y - 1) + b * (y2 - 1) + c * (y3 - 1)), 2 * p.X * (a + 2 * b * p.Y + 3 * c * y2));
    }

    private static (double A, double B, double C) BealeTerms(PlanePoint p) =>
        (1.5 - p.X + p.X * p.Y, 2.25 - p.X + p.X * p.Y * p.Y, 2.625 - p.X + p.X * Math.Pow(p.Y, 3));
}
