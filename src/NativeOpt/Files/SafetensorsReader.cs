using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using NativeOpt.Text;

namespace NativeOpt.Files;

/// <summary>
/// Reads safetensors files. Nothing in the header is believed before it is checked against the length of the file, so no more is
/// allocated than the file has.
/// </summary>
internal sealed class SafetensorsReader(Stream file, string path)
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Reads the file.</summary>
    /// <exception cref="InvalidDataException">It is not what it should be.</exception>
    public SafetensorsFile Read()
    {
        using (_hash)
        {
            byte[] length = new byte[SafetensorsHeader.LengthBytes];
            ReadExactly(length, 0, "the length of the header");
            long limit = Math.Min(SafetensorsHeader.MaxBytes, file.Length - length.Length);
            ulong headerBytes = BinaryPrimitives.ReadUInt64LittleEndian(length);
            if (headerBytes < 2 || headerBytes > (ulong)limit)
                throw Fail(0, $"the header has {headerBytes} bytes by its length; 2 to {limit} are possible in this file");
            byte[] header = new byte[headerBytes];
            ReadExactly(header, length.Length, "the header");
            (List<Entry> entries, Dictionary<string, string> metadata) = ParseHeader(header);
            string? checksum = metadata.GetValueOrDefault(SafetensorsHeader.Checksum);
            bool isSigned = checksum?.Length == SafetensorsHeader.NoChecksum.Length
                && SafetensorsHeader.TryReplaceChecksum(header, checksum, SafetensorsHeader.NoChecksum);
            _hash.AppendData(length);
            _hash.AppendData(header);
            List<StoredTensor> tensors = ReadTensors(entries, length.Length + header.Length);
            string found = Convert.ToHexStringLower(_hash.GetHashAndReset());
            if (isSigned && found != checksum)
                throw Fail(length.Length, $"the file is damaged: its SHA-256 is {found}, and {checksum} by its header");
            return new SafetensorsFile(tensors, metadata);
        }
    }

    private (List<Entry> Entries, Dictionary<string, string> Metadata) ParseHeader(byte[] header)
    {
        var entries = new List<Entry>();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using JsonDocument document = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 4 });
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (!names.Add(property.Name))
                    throw Fail(SafetensorsHeader.LengthBytes, $"the header has '{property.Name}' twice");
                if (property.Name == SafetensorsHeader.Metadata)
                    foreach (JsonProperty text in property.Value.EnumerateObject())
                        metadata[text.Name] = text.Value.GetString() ?? "";
                else
                    entries.Add(ParseEntry(property));
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // Asking an element for another kind than it has is an InvalidOperationException or a FormatException.
            string reason = exception is JsonException json ? MalformedJson.Reason(json) : exception.Message;
            throw Fail(SafetensorsHeader.LengthBytes, $"the header is not that of a safetensors file: {reason}", exception);
        }
        entries.Sort((a, b) => a.Begin.CompareTo(b.Begin));
        return (entries, metadata);
    }

    private Entry ParseEntry(JsonProperty property)
    {
        string type = Field(property, "dtype").GetString() ?? "";
        int[] shape = [.. Field(property, "shape").EnumerateArray().Select(size => size.GetInt32())];
        long[] offsets = [.. Field(property, "data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        if (TensorTypes.FromSafetensors(type) is not { } known)
            throw Fail(SafetensorsHeader.LengthBytes, $"'{property.Name}' has the dtype '{type}', which this library cannot read");
        if (offsets.Length != 2)
            throw Fail(SafetensorsHeader.LengthBytes, $"'{property.Name}' has {offsets.Length} data_offsets; there must be 2");
        var entry = new Entry(property.Name, known, shape, offsets[0], offsets[1]);
        if (BytesOf(entry) is not { } bytes || entry.Begin < 0 || entry.End - entry.Begin != bytes)
            throw Fail(SafetensorsHeader.LengthBytes,
                $"'{entry.Name}' lies at {entry.Begin} to {entry.End}, which does not fit {type} of shape [{string.Join(", ", shape)}]");
        return entry;
    }

    private JsonElement Field(JsonProperty property, string name) => property.Value.TryGetProperty(name, out JsonElement field)
        ? field
        : throw Fail(SafetensorsHeader.LengthBytes, $"'{property.Name}' has no {name}");

    /// <summary>The bytes that a shape takes, or null where it cannot be read.</summary>
    private static long? BytesOf(Entry entry)
    {
        long bytes = TensorTypes.SizeOf(entry.Type);
        foreach (int size in entry.Shape)
        {
            if (size < 0)
                return null;
            // Both factors are below 2^31, and the product is checked before the next one.
            bytes *= size;
            if (bytes > Array.MaxLength)
                return null;
        }
        return bytes;
    }

    private List<StoredTensor> ReadTensors(List<Entry> entries, long start)
    {
        long end = 0;
        foreach (Entry entry in entries)
        {
            if (entry.Begin != end)
                throw Fail(start + end, $"'{entry.Name}' begins at {entry.Begin} by the header; {end} was expected, without gap or overlap");
            end = entry.End;
        }
        if (start + end != file.Length)
            throw Fail(file.Length, $"the file has {file.Length} bytes; {start + end} were expected by the header");
        var tensors = new List<StoredTensor>(entries.Count);
        foreach (Entry entry in entries)
        {
            byte[] bytes = new byte[entry.End - entry.Begin];
            ReadExactly(bytes, start + entry.Begin, $"the elements of '{entry.Name}'");
            _hash.AppendData(bytes);
            tensors.Add(new StoredTensor(entry.Name, entry.Type, entry.Shape, bytes));
        }
        return tensors;
    }

    private void ReadExactly(Span<byte> buffer, long position, string what)
    {
        int count = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        if (count < buffer.Length)
            throw Fail(position + count, $"the file ends; {buffer.Length - count} more bytes were expected for {what}");
    }

    private InvalidDataException Fail(long position, string problem, Exception? cause = null) =>
        new($"{path}: at byte {position}: {problem}", cause);

    /// <summary>An array as the header describes it; offsets count from the end of the header.</summary>
    private sealed record Entry(string Name, TensorType Type, int[] Shape, long Begin, long End);
}
