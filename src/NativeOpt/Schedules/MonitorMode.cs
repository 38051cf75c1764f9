namespace NativeOpt.Schedules;

/// <summary>Whether a monitored value should fall or rise.</summary>
internal enum MonitorMode
{
    /// <summary>Less is better.</summary>
    Min,

    /// <summary>More is better.</summary>
    Max,
}
