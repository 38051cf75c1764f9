namespace NativeOpt.Cli.Tutorial.Surfaces;

/// <summary>How strongly a surface is bent at a place: the largest second derivative, and its direction.</summary>
/// <param name="Largest">Largest eigenvalue of the matrix of second derivatives, L.</param>
/// <param name="Direction">Its eigenvector, of length 1.</param>
internal sealed record Curvature(double Largest, PlanePoint Direction)
{
    /// <summary>From differences of the gradient.</summary>
    public static Curvature At(Surface surface, PlanePoint place)
    {
        const double h = 1e-5;
        PlanePoint alongX = 0.5 / h * (surface.Gradient(place + new PlanePoint(h, 0)) - surface.Gradient(place - new PlanePoint(h, 0)));
        PlanePoint alongY = 0.5 / h * (surface.Gradient(place + new PlanePoint(0, h)) - surface.Gradient(place - new PlanePoint(0, h)));
        (double a, double b, double d) = (alongX.X, (alongX.Y + alongY.X) / 2, alongY.Y);
        double largest = (a + d) / 2 + Math.Sqrt((a - d) * (a - d) / 4 + b * b);
        // Both rows of the matrix minus L are orthogonal to the eigenvector; the longer one says more.
        var (row, other) = (new PlanePoint(a - largest, b), new PlanePoint(b, d - largest));
        PlanePoint normal = row.Length >= other.Length ? row : other;
        return new Curvature(largest, normal.Length == 0 ? new PlanePoint(1, 0) : 1 / normal.Length * new PlanePoint(-normal.Y, normal.X));
    }
}
