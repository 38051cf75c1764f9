using System.IO.Compression;
using NativeOpt.Files;

namespace NativeOpt;

/// <summary>Several arrays in NumPy's .npz format: a zip archive of .npy files. <c>numpy.savez</c> and <c>numpy.load</c> do the same.</summary>
public static class NpzFile
{
    private const string Extension = ".npy";

    // Deflate cannot do better than 1032:1, so the length of the file bounds what it can hold.
    private const long MaxCompression = 1032;

    // Zip has no earlier time; a fixed one makes equal arrays equal files.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The arrays in the order of the file, with the names they have in it ("arr_0" ... where savez was given none).</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, cut off, of another format, or has something else than arrays of numbers; the message has the path and where
    /// it happened.
    /// </exception>
    public static IReadOnlyList<StoredTensor> Read(string path)
    {
        using FileStream file = InputFile.Open(path);
        long limit = file.Length > long.MaxValue / MaxCompression ? long.MaxValue : file.Length * MaxCompression;
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read);
            return [.. archive.Entries.Select(entry => Read(entry, path, limit))];
        }
        catch (InvalidDataException exception) when (!exception.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path}: this is no .npz file, or it is damaged: {exception.Message}", exception);
        }
    }

    /// <summary>Writes a file in one piece: until it is complete, what was there stays there.</summary>
    /// <param name="path">The file; its folder must be there.</param>
    /// <param name="tensors">The arrays; no two of one name.</param>
    /// <param name="compress">Whether the elements are compressed, as by numpy.savez_compressed; false by default.</param>
    /// <exception cref="ArgumentException">Two arrays have one name, or the elements are of a type that NumPy does not have.</exception>
    /// <exception cref="IOException">The disk is full, or something else stands in the way.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written there.</exception>
    public static void Write(string path, IEnumerable<StoredTensor> tensors, bool compress = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(tensors);
        StoredTensor[] all = [.. tensors];
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (StoredTensor tensor in all)
        {
            NpyWriter.Check(tensor);
            if (!names.Add(tensor.Name))
                throw new ArgumentException($"tensors has '{tensor.Name}' twice", nameof(tensors));
        }
        AtomicFile.Write(path, stream => WriteArchive(stream, all, compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression));
    }

    private static StoredTensor Read(ZipArchiveEntry entry, string path, long limit)
    {
        string name = entry.FullName.EndsWith(Extension, StringComparison.Ordinal) ? entry.FullName[..^Extension.Length] : entry.FullName;
        using Stream stream = entry.Open();
        return new NpyReader(stream, Math.Min(limit, entry.Length), $"{path}: '{entry.FullName}'").Read(name);
    }

    private static void WriteArchive(Stream stream, StoredTensor[] tensors, CompressionLevel level)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (StoredTensor tensor in tensors)
        {
            ZipArchiveEntry entry = archive.CreateEntry(tensor.Name + Extension, level);
            entry.LastWriteTime = Epoch;
            using Stream content = entry.Open();
            NpyWriter.Write(content, tensor);
        }
    }
}
