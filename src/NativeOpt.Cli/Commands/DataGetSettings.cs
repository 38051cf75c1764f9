using NativeOpt.Cli.Download;

namespace NativeOpt.Cli.Commands;

/// <summary>What `nativeopt data get` was asked for.</summary>
internal sealed record DataGetSettings
{
    /// <summary>The data set.</summary>
    public required string Name { get; init; }

    /// <summary>Where its files go; null: where the library looks for them.</summary>
    public string? Folder { get; init; }

    /// <summary>Where they come from; null: the data set's own address.</summary>
    public string? From { get; init; }

    /// <summary>Whether the result is written as JSON.</summary>
    public bool Json { get; init; }

    /// <summary>What can be downloaded.</summary>
    public IReadOnlyList<RemoteDataset> Known { get; init; } = RemoteDataset.Known;

    /// <summary>What connects to the Internet.</summary>
    public Func<HttpMessageHandler> CreateHandler { get; init; } = WebSource.CreateHandler;
}
