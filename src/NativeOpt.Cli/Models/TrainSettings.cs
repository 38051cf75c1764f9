using NativeOpt.Cli.Loading;

namespace NativeOpt.Cli.Models;

/// <summary>What `nativeopt train` was asked for.</summary>
internal sealed record TrainSettings
{
    public required DataChoice Data { get; init; }

    public required ModelSettings Model { get; init; }

    /// <summary>How inputs are scaled.</summary>
    public ScaleKind Scale { get; init; }

    public int Epochs { get; init; } = 10;

    public int BatchSize { get; init; } = 32;

    /// <summary>Share of the training rows, the last ones, that is held out.</summary>
    public double ValidationSplit { get; init; } = 0.1;

    /// <summary>Epochs without improvement after which the training ends with the best weights; null: it does not end early.</summary>
    public int? EarlyStopping { get; init; }

    /// <summary>Epochs without improvement after which the rate is reduced; null: it is not.</summary>
    public int? ReduceRate { get; init; }

    /// <summary>What it is multiplied by then.</summary>
    public double ReduceFactor { get; init; } = 0.1;

    /// <summary>The number both of them watch; null: val_loss, or loss where nothing is held out.</summary>
    public string? Monitor { get; init; }

    /// <summary>Saves the checkpoint after every so many steps too; null: after each epoch.</summary>
    public int? CheckpointSteps { get; init; }

    /// <summary>Folder of the model and of all that is said of it.</summary>
    public string Output { get; init; } = Path.Combine("out", "train");

    /// <summary>Null: as many as there are processors.</summary>
    public int? Threads { get; init; }

    /// <summary>Whether it goes on with the checkpoint of the folder.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether a training that waits in the folder may be thrown away.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Whether the results are written as JSON instead of lines.</summary>
    public bool Json { get; init; }

    /// <summary>The number that callbacks watch.</summary>
    public string Watched => Monitor ?? (ValidationSplit > 0 ? "val_loss" : "loss");
}
