using NativeOpt.Cli.Loading;

namespace NativeOpt.Cli.Models;

/// <summary>What `nativeopt predict` was asked for.</summary>
internal sealed record PredictSettings
{
    /// <summary>The file of the model, or the folder it is in.</summary>
    public required string Model { get; init; }

    /// <summary>The table; "-": the standard input.</summary>
    public required string Input { get; init; }

    /// <summary>The file for the predictions; "-": the standard output.</summary>
    public string Output { get; init; } = CsvRows.Standard;

    /// <summary>Columns of the table that the predictions begin with.</summary>
    public string[] Keep { get; init; } = [];

    /// <summary>Whether there is a probability for each class, not only for the one that is predicted.</summary>
    public bool Probabilities { get; init; }

    /// <summary>How the table is read; predictions have the same delimiter.</summary>
    public CsvSettings Table { get; init; } = new();

    public BackendKind Backend { get; init; }

    /// <summary>Null: as many as there are processors.</summary>
    public int? Threads { get; init; }

    /// <summary>Whether each row is a JSON object.</summary>
    public bool Json { get; init; }
}
