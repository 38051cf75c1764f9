namespace NativeOpt;

/// <summary>Which implementation does the arithmetic.</summary>
public enum BackendKind
{
    /// <summary>The native library where it can be loaded, else the managed reference.</summary>
    Auto,

    /// <summary>The C++ core. Asking for it where it cannot be loaded throws.</summary>
    Native,

    /// <summary>Pure C#: the reference, and what runs where there is no native library.</summary>
    Managed,
}
