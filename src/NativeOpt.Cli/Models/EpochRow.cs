namespace NativeOpt.Cli.Models;

/// <summary>The numbers of an epoch.</summary>
internal sealed record EpochRow
{
    /// <summary>From 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>"loss", "val_loss", metrics, "learning_rate", in the order in which they are shown.</summary>
    public required IReadOnlyDictionary<string, double> Values { get; init; }

    /// <summary>Time of the training steps; validation not included.</summary>
    public required double Seconds { get; init; }

    /// <summary>A value, or NaN where it was not measured.</summary>
    public double Of(string name) => Values.TryGetValue(name, out double value) ? value : double.NaN;
}
