namespace NativeOpt;

/// <summary>How the height of the cycles of a <see cref="CyclicLR"/> changes.</summary>
public enum CyclicMode
{
    /// <summary>All cycles have the same height.</summary>
    Triangular,

    /// <summary>Each cycle is half as high as the one before.</summary>
    Triangular2,

    /// <summary>The height is multiplied by gamma at every step.</summary>
    ExpRange,
}
