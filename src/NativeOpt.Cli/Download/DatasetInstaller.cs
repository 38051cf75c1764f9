using System.Formats.Tar;
using System.IO.Compression;

namespace NativeOpt.Cli.Download;

/// <summary>
/// Brings the files of a data set into a folder: into a temporary one beside it first, and over when all of them have been checked.
/// </summary>
internal sealed class DatasetInstaller(RemoteDataset dataset, FileSource source, Action<string> note)
{
    /// <summary>Whether all files are there.</summary>
    public bool IsInstalled(string folder) => dataset.Files.All(file => CheckedCopy.IsThere(folder, file));

    /// <summary>Fetches, checks and moves.</summary>
    /// <exception cref="DownloadException">A file cannot be had or is another one; the folder is as it was, or is not made.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public async Task InstallAsync(string folder, CancellationToken cancellation)
    {
        bool isNew = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        string temporary = Path.Combine(folder, $".download-{Guid.NewGuid():N}");
        Directory.CreateDirectory(temporary);
        try
        {
            foreach (RemoteFile file in dataset.Downloads)
                await FetchAsync(file, temporary, cancellation).ConfigureAwait(false);
            if (dataset.Archive is { } archive)
                await UnpackAsync(Path.Combine(temporary, archive.Name), temporary, cancellation).ConfigureAwait(false);
            foreach (RemoteFile file in dataset.Files)
                File.Move(Path.Combine(temporary, file.Name), Path.Combine(folder, file.Name), overwrite: true);
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
            if (isNew && !Directory.EnumerateFileSystemEntries(folder).Any())
                Directory.Delete(folder);
        }
    }

    private async Task FetchAsync(RemoteFile file, string folder, CancellationToken cancellation)
    {
        string place = source.Locate(file.Name);
        note($"{place} ({file.Bytes / 1e6:F1} MB)");
        await using Stream content = await source.OpenAsync(file.Name, cancellation).ConfigureAwait(false);
        await CheckedCopy.WriteAsync(content, place, file, Path.Combine(folder, file.Name), cancellation).ConfigureAwait(false);
    }

    // Only the files that are wanted, by their names without folders: an archive cannot choose where they go.
    private async Task UnpackAsync(string archive, string folder, CancellationToken cancellation)
    {
        await using FileStream file = File.OpenRead(archive);
        await using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        await using var reader = new TarReader(unpacked);
        List<RemoteFile> missing = [.. dataset.Files];
        while (await NextAsync(reader, archive, cancellation).ConfigureAwait(false) is { } entry)
        {
            RemoteFile? wanted = missing.Find(known => known.Name == Path.GetFileName(entry.Name) && entry.DataStream is not null);
            if (wanted is null)
                continue;
            string place = $"{Path.GetFileName(archive)}: {entry.Name}";
            await CheckedCopy.WriteAsync(entry.DataStream!, place, wanted, Path.Combine(folder, wanted.Name), cancellation)
                .ConfigureAwait(false);
            missing.Remove(wanted);
        }
        if (missing.Count > 0)
            throw new DownloadException($"{Path.GetFileName(archive)} has no {missing[0].Name}");
    }

    private static async Task<TarEntry?> NextAsync(TarReader reader, string archive, CancellationToken cancellation)
    {
        try
        {
            return await reader.GetNextEntryAsync(cancellationToken: cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new DownloadException($"{Path.GetFileName(archive)} cannot be unpacked: {e.Message}", e);
        }
    }
}
