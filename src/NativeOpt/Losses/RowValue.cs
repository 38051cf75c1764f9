namespace NativeOpt.Losses;

/// <summary>What the value of a row is of its columns.</summary>
internal enum RowValue
{
    /// <summary>A value of the row as a whole, such as a cross-entropy of classes.</summary>
    Whole,

    /// <summary>A mean.</summary>
    Mean,

    /// <summary>A sum.</summary>
    Sum,
}
