namespace NativeOpt.Cli.Comparison;

/// <summary>What `nativeopt compare` was asked for, checked as far as that is possible without the data.</summary>
internal sealed record CompareSettings
{
    public required IReadOnlyList<OptimizerChoice> Optimizers { get; init; }

    /// <summary>Null: Fashion-MNIST where it is installed, else the digits.</summary>
    public string? Dataset { get; init; }

    /// <summary>Null: where the data set is usually installed.</summary>
    public string? DataDirectory { get; init; }

    public int Epochs { get; init; } = 10;

    public int BatchSize { get; init; } = 32;

    /// <summary>For all optimizers that were not given one; null: each optimizer's own.</summary>
    public double? LearningRate { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>Widths of the hidden layers.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [128];

    /// <summary>Folder of the report.</summary>
    public string Output { get; init; } = Path.Combine("out", "compare");

    public BackendKind Backend { get; init; }

    /// <summary>Null: as many as there are processors.</summary>
    public int? Threads { get; init; }
}
