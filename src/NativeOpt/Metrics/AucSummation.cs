namespace NativeOpt;

/// <summary>How the area between two points of a curve is taken.</summary>
public enum AucSummation
{
    /// <summary>ROC: the line between them; precision and recall: Davis and Goadrich 2006.</summary>
    Interpolation,

    /// <summary>The lower of the two.</summary>
    Minoring,

    /// <summary>The higher of the two.</summary>
    Majoring,
}
