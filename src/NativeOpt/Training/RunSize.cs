namespace NativeOpt.Training;

/// <summary>Into what batches rows are divided, and how many of them are taken; checked.</summary>
internal readonly record struct RunSize
{
    /// <summary>Checks the numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is below 1.</exception>
    public RunSize(int batchSize, int? steps, string batchSizeName = "batchSize", string stepsName = "steps")
    {
        Check(batchSize, batchSizeName);
        Check(steps ?? 1, stepsName);
        (BatchSize, Steps) = (batchSize, steps);
    }

    /// <summary>Rows of a batch.</summary>
    public int BatchSize { get; }

    /// <summary>Number of batches, or null: all there are.</summary>
    public int? Steps { get; }

    /// <summary>Refuses what is not a count of something.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public static void Check(int count, string name)
    {
        if (count < 1)
            throw new ArgumentOutOfRangeException(name, count, $"{name} is {count}; it must be at least 1");
    }

    /// <summary>How many of that many rows are taken.</summary>
    public int RowsOf(int available) => Steps is { } steps ? (int)Math.Min(available, (long)steps * BatchSize) : available;
}
