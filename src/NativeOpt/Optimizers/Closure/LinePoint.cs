namespace NativeOpt.Optimizers.Closure;

/// <summary>A point on a line: where it is, the loss there, and its slope along the line.</summary>
internal readonly record struct LinePoint(double Position, double Loss, double Slope)
{
    /// <summary>
    /// The minimum of the cubic through two points with their slopes, held to an interval; its middle where the cubic has none.
    /// </summary>
    public static double MinimumOfCubic(LinePoint a, LinePoint b, double low, double high)
    {
        double d1 = a.Slope + b.Slope - 3 * (a.Loss - b.Loss) / (a.Position - b.Position);
        double square = d1 * d1 - a.Slope * b.Slope;
        if (!(square >= 0))
            return (low + high) / 2;
        double d2 = Math.Sqrt(square);
        double minimum = a.Position <= b.Position
            ? b.Position - (b.Position - a.Position) * ((b.Slope + d2 - d1) / (b.Slope - a.Slope + 2 * d2))
            : a.Position - (a.Position - b.Position) * ((a.Slope + d2 - d1) / (a.Slope - b.Slope + 2 * d2));
        return Math.Min(Math.Max(minimum, low), high);
    }
}
