namespace NativeOpt;

/// <summary>Whether a monitored value should fall or rise.</summary>
public enum MonitorMode
{
    /// <summary>By the name, as in Keras: up for what has "acc" in it, down for everything else.</summary>
    Auto,

    /// <summary>Less is better.</summary>
    Min,

    /// <summary>More is better.</summary>
    Max,
}
