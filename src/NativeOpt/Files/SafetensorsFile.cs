using NativeOpt.Files;

namespace NativeOpt;

/// <summary>
/// Arrays with names in the safetensors format, which the Python package of that name reads and writes: the length of a header (8 bytes,
/// least significant first), the header in JSON, then the elements.
/// </summary>
/// <remarks>
/// A file written here has its SHA-256 in the metadata ("sha256", computed with zeros in the place of its 64 digits); where it is there,
/// reading checks it.
/// </remarks>
public sealed class SafetensorsFile
{
    internal SafetensorsFile(IReadOnlyList<StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata) =>
        (Tensors, Metadata) = (tensors, metadata);

    /// <summary>The arrays in the order of the file.</summary>
    public IReadOnlyList<StoredTensor> Tensors { get; }

    /// <summary>Texts that go with them.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, cut off, too long or of another format; the message has the path and where it happened.
    /// </exception>
    public static SafetensorsFile Read(string path)
    {
        using FileStream file = InputFile.Open(path);
        return new SafetensorsReader(file, path).Read();
    }

    /// <summary>Writes a file in one piece: until it is complete, what was there stays there.</summary>
    /// <param name="path">The file; its folder must be there.</param>
    /// <param name="tensors">The arrays; no two of one name.</param>
    /// <param name="metadata">Texts that go with them; none by default.</param>
    /// <exception cref="ArgumentException">Two arrays have one name, or one is called "__metadata__".</exception>
    /// <exception cref="IOException">The disk is full, or something else stands in the way.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written there.</exception>
    public static void Write(string path, IEnumerable<StoredTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(tensors);
        var writer = new SafetensorsWriter(tensors, metadata ?? new Dictionary<string, string>());
        AtomicFile.Write(path, writer.WriteTo);
    }
}
