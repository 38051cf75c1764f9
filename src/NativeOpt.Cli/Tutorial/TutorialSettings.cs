namespace NativeOpt.Cli.Tutorial;

/// <summary>What `nativeopt tutorial` was asked for.</summary>
internal sealed record TutorialSettings
{
    /// <summary>Folder of the report; null: out/tutorial/NAME.</summary>
    public string? Output { get; init; }

    /// <summary>Repetitions with other random numbers; null: the experiment's own number.</summary>
    public int? Seeds { get; init; }

    /// <summary>Passes over the data; null: the experiment's own number.</summary>
    public int? Epochs { get; init; }

    /// <summary>Training rows to use; null: the experiment's own number.</summary>
    public int? Rows { get; init; }

    /// <summary>Null: where the data set is usually installed.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>All combinations instead of one factor at a time.</summary>
    public bool FullGrid { get; init; }

    /// <summary>Few rows and epochs: shows that it works, not what the experiment is about.</summary>
    public bool Quick { get; init; }

    /// <summary>The first seed; repetitions take the next ones.</summary>
    public int Seed { get; init; } = 1;

    public BackendKind Backend { get; init; }

    /// <summary>Null: as many as there are processors.</summary>
    public int? Threads { get; init; }

    /// <summary>The result as JSON on the terminal, instead of words.</summary>
    public bool Json { get; init; }

    /// <summary>The seeds of all repetitions.</summary>
    /// <param name="normal">How many there are where nobody asked.</param>
    /// <param name="quick">How many of them with --quick.</param>
    public IReadOnlyList<int> SeedsOr(int normal, int quick = 1) => [.. Enumerable.Range(Seed, Seeds ?? (Quick ? quick : normal))];

    /// <summary>The passes over the data.</summary>
    /// <param name="normal">How many there are where nobody asked.</param>
    /// <param name="quick">How many of them with --quick.</param>
    public int EpochsOr(int normal, int quick) => Epochs ?? (Quick ? quick : normal);
}
