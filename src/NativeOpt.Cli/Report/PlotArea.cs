namespace NativeOpt.Cli.Report;

/// <summary>Maps epochs and values to the coordinates of a drawing.</summary>
internal sealed record PlotArea(AxisTicks Epochs, AxisTicks Values)
{
    public const double Width = 640, Height = 380;

    /// <summary>The right margin has room for the names of the runs.</summary>
    public const double Left = 46, Right = 528, Top = 14, Bottom = 336;

    public double X(double epoch) => Left + (Right - Left) * (epoch - Epochs.Low) / (Epochs.High - Epochs.Low);

    public double Y(double value) => Bottom - (Bottom - Top) * (value - Values.Low) / (Values.High - Values.Low);
}
