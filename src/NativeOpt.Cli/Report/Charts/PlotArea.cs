namespace NativeOpt.Cli.Report.Charts;

/// <summary>Maps values to the coordinates of a drawing.</summary>
/// <param name="Across">The horizontal axis.</param>
/// <param name="Up">The vertical axis.</param>
internal sealed record PlotArea(AxisTicks Across, AxisTicks Up)
{
    public const double Width = 640, Height = 380;

    /// <summary>The right margin has room for the names of the lines.</summary>
    public const double Left = 46, Right = 528, Top = 14, Bottom = 336;

    public double X(double value) => Left + (Right - Left) * Across.Fraction(value);

    public double Y(double value) => Bottom - (Bottom - Top) * Up.Fraction(value);

    /// <summary>Far beyond the drawing is as good as just beyond it, and a number that every reader can take.</summary>
    public double LimitedY(double value) => Math.Clamp(Y(value), -10 * Height, 10 * Height);

    /// <summary>Whether a point can be drawn.</summary>
    public bool Has(double x, double y) => double.IsFinite(X(x)) && !double.IsNaN(Y(y)) && double.IsFinite(y);
}
