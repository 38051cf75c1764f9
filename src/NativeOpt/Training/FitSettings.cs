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

/// <summary>What Fit was asked to do, checked.</summary>
internal sealed record FitSettings
{
    public required RowRange Train { get; init; }

    public required RowRange? Validation { get; init; }

    public required int Epochs { get; init; }

    public required int BatchSize { get; init; }

    public required bool Shuffle { get; init; }

    /// <summary>Key of the order of rows.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Number of the first epoch in the streams of that key.</summary>
    public required long FirstEpoch { get; init; }

    public required Callback[] Callbacks { get; init; }

    public required IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Checks counts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is below 1.</exception>
    public static void RequireCounts(int epochs, int batchSize)
    {
        if (epochs < 1)
            throw new ArgumentOutOfRangeException(nameof(epochs), epochs, $"epochs is {epochs}; it must be at least 1");
        RequireBatchSize(batchSize);
    }

    /// <summary>Callbacks as an array.</summary>
    /// <exception cref="ArgumentException">One is null.</exception>
    public static Callback[] RequireCallbacks(IEnumerable<Callback>? callbacks)
    {
        Callback[] all = [.. callbacks ?? []];
        int missing = Array.IndexOf(all, null);
        return missing < 0 ? all : throw new ArgumentException($"callbacks[{missing}] is null", nameof(callbacks));
    }

    /// <summary>Checks a batch size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public static void RequireBatchSize(int batchSize)
    {
        if (batchSize < 1)
            throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, $"batchSize is {batchSize}; it must be at least 1");
    }
}
