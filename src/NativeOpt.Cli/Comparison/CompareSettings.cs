using NativeOpt.Cli.Loading;

namespace NativeOpt.Cli.Comparison;

/// <summary>What `nativeopt compare` was asked for, checked as far as that is possible without the data: a grid of settings.</summary>
internal sealed record CompareSettings
{
    public required IReadOnlyList<OptimizerChoice> Optimizers { get; init; }

    /// <summary>No source: Fashion-MNIST where it is installed, else the digits.</summary>
    public DataChoice Data { get; init; } = new();

    public int Epochs { get; init; } = 10;

    public IReadOnlyList<int> BatchSizes { get; init; } = [32];

    /// <summary>For all optimizers that were not given one; none: each optimizer's own.</summary>
    public IReadOnlyList<double> LearningRates { get; init; } = [];

    /// <summary>Of the kernels; none: the layers' own default.</summary>
    public IReadOnlyList<string> Initializers { get; init; } = [];

    /// <summary>Of the learning rate; "none" is the optimizer's number.</summary>
    public IReadOnlyList<string> Schedules { get; init; } = [NoSchedule];

    /// <summary>A rate that stays what it is.</summary>
    public const string NoSchedule = "none";

    /// <summary>The first seed.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Runs of each setting, with seeds that follow each other.</summary>
    public int Seeds { get; init; } = 1;

    /// <summary>Widths of the hidden layers.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [128];

    /// <summary>Folder of the report.</summary>
    public string Output { get; init; } = Path.Combine("out", "compare");

    public BackendKind Backend { get; init; }

    /// <summary>Null: as many as there are processors.</summary>
    public int? Threads { get; init; }

    /// <summary>Whether the results are written as JSON instead of lines.</summary>
    public bool Json { get; init; }
}
