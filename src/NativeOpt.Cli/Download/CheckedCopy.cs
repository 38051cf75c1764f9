using System.Security.Cryptography;

namespace NativeOpt.Cli.Download;

/// <summary>Copies of files that are known to the last bit.</summary>
internal static class CheckedCopy
{
    private const int BufferSize = 1 << 16;

    /// <summary>Time without a byte after which a line counts as dead.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Copies a stream into a new file and checks its length and sum.</summary>
    /// <param name="source">What is read, to its end.</param>
    /// <param name="place">Its name in messages.</param>
    /// <param name="file">What it must be.</param>
    /// <param name="path">The new file.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="DownloadException">It is another file, or the line breaks.</exception>
    public static async Task WriteAsync(Stream source, string place, RemoteFile file, string path, CancellationToken cancellation)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using FileStream target = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize);
        var buffer = new byte[BufferSize];
        long count = 0;
        for (int read; (read = await ReadAsync(source, buffer, place, cancellation).ConfigureAwait(false)) > 0; count += read)
        {
            // Not one byte more than announced goes to the disk.
            if (count + read > file.Bytes)
                throw new DownloadException($"{place} is longer than {file.Bytes} bytes; it is not the file that is wanted");
            sum.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
        }
        if (count < file.Bytes)
            throw new DownloadException($"{place} ends after {count} of {file.Bytes} bytes");
        string found = Convert.ToHexStringLower(sum.GetHashAndReset());
        if (found != file.Sha256)
            throw new DownloadException(
                $"{place} has the SHA-256 sum {found}; it should be {file.Sha256}: it is not the file that is wanted");
    }

    /// <summary>Whether a file is there and the one that is meant.</summary>
    public static bool IsThere(string folder, RemoteFile file)
    {
        var info = new FileInfo(Path.Combine(folder, file.Name));
        if (!info.Exists || info.Length != file.Bytes)
            return false;
        using FileStream stream = info.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(stream)) == file.Sha256;
    }

    private static async Task<int> ReadAsync(Stream source, byte[] buffer, string place, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            return await source.ReadAsync(buffer, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new DownloadException($"{place}: nothing has come for {Patience.TotalSeconds:F0} seconds");
        }
        catch (Exception e) when (e is IOException or HttpRequestException or InvalidDataException)
        {
            throw new DownloadException($"{place} breaks off: {e.Message}", e);
        }
    }
}
