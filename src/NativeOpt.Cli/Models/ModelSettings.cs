using NativeOpt.Cli.Comparison;

namespace NativeOpt.Cli.Models;

/// <summary>The network and how it learns.</summary>
internal sealed record ModelSettings
{
    /// <summary>Widths of the hidden layers.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [128];

    /// <summary>Of the hidden layers.</summary>
    public string Activation { get; init; } = "relu";

    /// <summary>Share of the outputs of each hidden layer that is dropped in training.</summary>
    public double Dropout { get; init; }

    /// <summary>Whether each hidden layer is followed by a batch normalization, before its activation.</summary>
    public bool BatchNormalization { get; init; }

    /// <summary>Of the kernels; null: the layers' own default.</summary>
    public string? Initializer { get; init; }

    /// <summary>Penalty of the kernels.</summary>
    public double L1 { get; init; }

    /// <summary>Penalty of the kernels.</summary>
    public double L2 { get; init; }

    /// <summary>All layers as JSON instead of the settings above; null: these.</summary>
    public string? Layers { get; init; }

    /// <summary>What learns.</summary>
    public required OptimizerChoice Optimizer { get; init; }

    /// <summary>The learning rate instead of the optimizer's number; null: that.</summary>
    public string? Schedule { get; init; }

    /// <summary>Null: by the target, sparse_categorical_crossentropy or mse.</summary>
    public string? Loss { get; init; }

    /// <summary>None: by the target, accuracy or mae.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>Of the first weights, the order of the rows, and dropout.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What computes.</summary>
    public BackendKind Backend { get; init; }
}
