namespace NativeOpt.Cli.Tutorial.Trials;

/// <summary>One training of a dense network: what is trained, on what, and how.</summary>
internal sealed record TrialPlan
{
    /// <summary>What it is called in reports.</summary>
    public required string Label { get; init; }

    public required OptimizerRule Rule { get; init; }

    /// <summary>Makes the layers, the output layer among them.</summary>
    public required Func<IEnumerable<Layer>> Layers { get; init; }

    public required Loss Loss { get; init; }

    public required int Epochs { get; init; }

    public required int BatchSize { get; init; }

    /// <summary>Decides first weights and the order of the rows.</summary>
    public required int Seed { get; init; }

    public BackendKind Backend { get; init; }

    /// <summary>What the weights are fitted to.</summary>
    public required Dataset Train { get; init; }

    /// <summary>What is measured after every epoch.</summary>
    public required Dataset Validation { get; init; }

    /// <summary>What is measured once, at the end.</summary>
    public required Dataset Test { get; init; }

    /// <summary>Callbacks of this training only.</summary>
    public IReadOnlyList<Callback> Callbacks { get; init; } = [];
}
