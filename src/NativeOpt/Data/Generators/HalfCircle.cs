namespace NativeOpt.Data.Generators;

/// <summary>
/// Points of a half circle of radius 1. Sine and cosine are sums of their series in a fixed order, not functions of a C library, whose
/// last bits differ between machines.
/// </summary>
internal static class HalfCircle
{
    /// <summary>The point at the angle fraction * pi, fraction in [0, 1].</summary>
    public static (double X, double Y) At(double fraction)
    {
        // Symmetries lead to an angle of at most pi / 4, where the ninth term is below 1e-18.
        bool left = fraction > 0.5;
        double part = left ? 1 - fraction : fraction;
        (double x, double y) = part > 0.25
            ? (Series((0.5 - part) * Math.PI, 1), Series((0.5 - part) * Math.PI, 0))
            : (Series(part * Math.PI, 0), Series(part * Math.PI, 1));
        return (left ? -x : x, y);
    }

    // The sum of (-1)^k a^(2k + first) / (2k + first)!: cosine for first = 0, sine for first = 1.
    private static double Series(double angle, int first)
    {
        const int terms = 10;
        double sum = 0;
        for (int k = terms; k >= 1; k--)
            sum = (1 + sum) * -(angle * angle) / ((2 * k + first) * (2 * k + first - 1));
        return first == 0 ? 1 + sum : angle * (1 + sum);
    }
}
