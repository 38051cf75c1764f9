using NativeOpt.Cli.Comparison;

namespace NativeOpt.Cli.Bench;

/// <summary>What `nativeopt bench` measured. The native numbers are null where the native library cannot be loaded.</summary>
internal sealed record BenchResults
{
    /// <summary>Where it ran.</summary>
    public required MachineInfo Machine { get; init; }

    /// <summary>Turns of each backend; every number is a median of them.</summary>
    public required int Rounds { get; init; }

    public required IReadOnlyList<StepResult> Steps { get; init; }

    public required IReadOnlyList<ProductResult> Products { get; init; }

    public required TrainingResult Training { get; init; }
}

/// <summary>A step of an optimizer on arrays of the caller's.</summary>
internal sealed record StepResult
{
    /// <summary>Name of the rule.</summary>
    public required string Rule { get; init; }

    public required int Parameters { get; init; }

    /// <summary>Bytes that a step reads and writes for each parameter at least.</summary>
    public required int BytesPerParameter { get; init; }

    /// <summary>Nanoseconds a parameter.</summary>
    public required Measured? Native { get; init; }

    /// <summary>Nanoseconds a parameter.</summary>
    public required Measured Managed { get; init; }

    /// <summary>10^9 bytes a second.</summary>
    public double Gigabytes(Measured time) => BytesPerParameter / time.Median;
}

/// <summary>The forward pass of a dense layer, y = x w + b.</summary>
internal sealed record ProductResult
{
    public required int Batch { get; init; }

    public required int Inputs { get; init; }

    public required int Outputs { get; init; }

    /// <summary>10^9 floating-point operations a second.</summary>
    public required Measured? Native { get; init; }

    /// <summary>10^9 floating-point operations a second.</summary>
    public required Measured Managed { get; init; }
}

/// <summary>An epoch of the tutorial network on generated pictures.</summary>
internal sealed record TrainingResult
{
    /// <summary>"784-128-10, batch 32, adam".</summary>
    public required string Network { get; init; }

    public required int Rows { get; init; }

    /// <summary>Samples a second.</summary>
    public required Measured? Native { get; init; }

    /// <summary>Samples a second.</summary>
    public required Measured Managed { get; init; }
}

/// <summary>A median with its quartiles.</summary>
internal sealed record Measured(double Median, double Low, double High)
{
    /// <summary>Of the rounds of a sample.</summary>
    public static Measured Of(Sample sample) => new(sample.Median, sample.Low, sample.High);
}
