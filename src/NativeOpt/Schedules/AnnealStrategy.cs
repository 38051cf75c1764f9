namespace NativeOpt;

/// <summary>How a <see cref="OneCycleLR"/> goes from one rate to the next.</summary>
public enum AnnealStrategy
{
    /// <summary>Half a cosine.</summary>
    Cos,

    /// <summary>A straight line.</summary>
    Linear,
}
