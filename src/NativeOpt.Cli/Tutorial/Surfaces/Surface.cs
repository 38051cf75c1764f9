namespace NativeOpt.Cli.Tutorial.Surfaces;

/// <summary>A function of two numbers whose minima are known.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Formula">In words of mathematics.</param>
/// <param name="Value">f.</param>
/// <param name="Gradient">Its two derivatives.</param>
internal sealed record Surface(string Name, string Formula, Func<PlanePoint, double> Value, Func<PlanePoint, PlanePoint> Gradient)
{
    /// <summary>Where paths begin.</summary>
    public required PlanePoint Start { get; init; }

    /// <summary>The part that is shown: its lower left corner.</summary>
    public required PlanePoint Low { get; init; }

    /// <summary>Its upper right corner.</summary>
    public required PlanePoint High { get; init; }

    /// <summary>All minima, the lowest first.</summary>
    public required IReadOnlyList<PlanePoint> Minima { get; init; }

    /// <summary>What there is to see.</summary>
    public required string Lesson { get; init; }

    /// <summary>The value of the lowest minimum.</summary>
    public double Lowest => Value(Minima[0]);

    /// <summary>Whether a minimum is as low as the lowest.</summary>
    public bool IsLowest(PlanePoint minimum) => Value(minimum) - Lowest < 1e-6;

    /// <summary>The minimum that is nearest to a place.</summary>
    public PlanePoint NearestMinimum(PlanePoint place) => Minima.MinBy(minimum => (minimum - place).Length);
}
