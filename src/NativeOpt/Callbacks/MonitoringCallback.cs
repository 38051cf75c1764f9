using NativeOpt.Schedules;
using NativeOpt.Text;

namespace NativeOpt;

/// <summary>A callback that acts on a number of the logs at the end of each epoch.</summary>
public abstract class MonitoringCallback : Callback
{
    /// <summary>Only this library adds callbacks of this kind; derive your own from <see cref="Callback"/>.</summary>
    private protected MonitoringCallback() { }

    /// <summary>Which number of the logs is watched; "val_loss" by default.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public string Monitor
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(Monitor));
            field = value;
        }
    } = "val_loss";

    /// <summary>Which way is better; by the name by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration.</exception>
    public MonitorMode Mode
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(Mode), $"Mode is {value}; it must be Auto, Min or Max.");
    }

    /// <summary><see cref="MonitorMode.Min"/> or <see cref="MonitorMode.Max"/>.</summary>
    private protected MonitorMode Direction => Mode == MonitorMode.Auto ? ReduceOnPlateau.AutomaticMode(Monitor) : Mode;

    /// <summary>The watched number of an epoch; null after an epoch without validation, where it is one of the validation.</summary>
    /// <exception cref="InvalidOperationException">The logs have none of this name; the message lists those they have.</exception>
    private protected double? Watched(TrainingLogs logs)
    {
        if (logs.TryGetValue(Monitor, out double value))
            return value;
        bool comesLater = Settings.Validation is not null && Settings.Arguments.ValidationFrequency > 1
            && Monitor.StartsWith(TrainingLogs.ValidationPrefix, StringComparison.Ordinal)
            && logs.TryGetValue(Monitor[TrainingLogs.ValidationPrefix.Length..], out _);
        return comesLater
            ? null
            : throw new InvalidOperationException($"{GetType().Name} watches a number that the logs do not have: "
                + NearestName.Explain("number", Monitor, [.. logs.Keys]));
    }

    /// <summary>A threshold of how much better is better; finite and not negative.</summary>
    private protected static double RequireThreshold(double value, string name) => Require.NotNegative(value, name);
}
