using System.Net;

namespace NativeOpt.Cli.Download;

/// <summary>Where files come from.</summary>
internal abstract class FileSource : IDisposable
{
    /// <summary>The full name of a file, for messages.</summary>
    public abstract string Locate(string name);

    /// <summary>The content of a file.</summary>
    /// <exception cref="DownloadException">It cannot be had; the message says why.</exception>
    public abstract Task<Stream> OpenAsync(string name, CancellationToken cancellation);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>A folder of this machine.</summary>
internal sealed class FolderSource(string folder) : FileSource
{
    public override string Locate(string name) => Path.Combine(folder, name);

    public override Task<Stream> OpenAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return Task.FromResult<Stream>(File.OpenRead(Locate(name)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DownloadException($"'{Locate(name)}' cannot be read: {e.Message}", e);
        }
    }

    public override void Dispose() { }
}

/// <summary>A folder on the Internet.</summary>
internal sealed class WebSource(Uri address, HttpMessageHandler handler) : FileSource
{
    // The client's own limit is for whole downloads, which take as long as the line makes them.
    private readonly HttpClient _client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>What connects where nothing else is given.</summary>
    public static HttpMessageHandler CreateHandler() => new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(20) };

    public override string Locate(string name) => new Uri(address, name).ToString();

    public override async Task<Stream> OpenAsync(string name, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(CheckedCopy.Patience);
        try
        {
            HttpResponseMessage response = await _client.GetAsync(
                new Uri(address, name), HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                response.Dispose();
                throw new DownloadException($"{Locate(name)}: the server answers {(int)response.StatusCode} {response.ReasonPhrase}");
            }
            return await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw new DownloadException($"{Locate(name)} cannot be reached: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new DownloadException($"{Locate(name)} cannot be reached: the server does not answer", e);
        }
    }

    public override void Dispose() => _client.Dispose();
}
