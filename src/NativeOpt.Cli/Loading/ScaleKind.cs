namespace NativeOpt.Cli.Loading;

/// <summary>How inputs are scaled before they reach the model.</summary>
internal enum ScaleKind
{
    /// <summary>Standard for tables and made-up data; none for pictures.</summary>
    Auto,

    /// <summary>As they are.</summary>
    None,

    /// <summary>Mean 0 and standard deviation 1 on the rows for training.</summary>
    Standard,

    /// <summary>From 0 to 1 on the rows for training.</summary>
    MinMax,
}
