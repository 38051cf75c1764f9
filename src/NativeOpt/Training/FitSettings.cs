namespace NativeOpt.Training;

/// <summary>A run of rows of a data set.</summary>
/// <param name="Data">The data set.</param>
/// <param name="First">First row.</param>
/// <param name="Count">Number of rows.</param>
/// <param name="Names">What the caller's arguments are called.</param>
internal readonly record struct RowRange(Dataset Data, int First, int Count, ArgumentNames Names);

/// <summary>Names of the arguments that inputs and targets came in, for messages.</summary>
internal readonly record struct ArgumentNames(string Inputs, string Targets)
{
    public static ArgumentNames Arrays => new("x", "y");

    public static ArgumentNames Dataset => new("data", "data");

    public static ArgumentNames Validation => new("validationData", "validationData");
}

/// <summary>What Fit was asked to do, checked: its arguments and the rows they come to.</summary>
internal sealed record FitSettings
{
    public required FitArguments Arguments { get; init; }

    public required RowRange Train { get; init; }

    public required RowRange? Validation { get; init; }

    public required CallbackList Callbacks { get; init; }

    /// <summary>"loss", then the metrics.</summary>
    public required IReadOnlyList<string> MetricKeys { get; init; }

    /// <summary>Told after every batch.</summary>
    public required IProgress<TrainingProgress>[] Progress { get; init; }

    /// <summary>Key of the order of rows.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Rows of a training step.</summary>
    public int BatchSize => Arguments.BatchSize;

    /// <summary>Steps of an epoch.</summary>
    public int BatchCount => Arguments.StepsPerEpoch ?? BatchOrder.BatchesPerPass(Train.Count, BatchSize);
}
