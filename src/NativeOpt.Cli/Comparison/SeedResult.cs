using System.Text.Json.Serialization;

namespace NativeOpt.Cli.Comparison;

/// <summary>One run of a variant.</summary>
internal sealed record SeedResult
{
    public required int Seed { get; init; }

    public required IReadOnlyList<EpochNumbers> Epochs { get; init; }

    /// <summary>Loss on the test samples after the last epoch.</summary>
    public required double TestLoss { get; init; }

    /// <summary>Share of the test samples that were classified correctly, 0..1.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>Median time of an epoch's training, validation aside.</summary>
    public required double SecondsPerEpoch { get; init; }

    /// <summary>Whether a loss was not a finite number.</summary>
    [JsonIgnore]
    public bool Diverged => !double.IsFinite(TestLoss) || Epochs.Any(e => !double.IsFinite(e.Loss) || !double.IsFinite(e.ValLoss));
}
