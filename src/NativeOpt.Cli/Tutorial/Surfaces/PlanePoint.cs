namespace NativeOpt.Cli.Tutorial.Surfaces;

/// <summary>A place on a surface, or a direction.</summary>
internal readonly record struct PlanePoint(double X, double Y)
{
    /// <summary>Distance from the origin.</summary>
    public double Length => Math.Sqrt(X * X + Y * Y);

    public static PlanePoint operator +(PlanePoint a, PlanePoint b) => new(a.X + b.X, a.Y + b.Y);

    public static PlanePoint operator -(PlanePoint a, PlanePoint b) => new(a.X - b.X, a.Y - b.Y);

    public static PlanePoint operator *(double factor, PlanePoint a) => new(factor * a.X, factor * a.Y);
}
