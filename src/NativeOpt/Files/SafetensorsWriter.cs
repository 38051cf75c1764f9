using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NativeOpt.Files;

/// <summary>Writes safetensors files. Arrays of wider elements come first, so that every element is aligned.</summary>
internal sealed class SafetensorsWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<StoredTensor> _tensors;
    private readonly byte[] _header;

    /// <summary>Takes arrays and texts; the elements are read when they are written.</summary>
    /// <exception cref="ArgumentException">Two arrays have one name, or one has the name of the metadata.</exception>
    public SafetensorsWriter(IEnumerable<StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        _tensors = [.. tensors.OrderByDescending(tensor => TensorTypes.SizeOf(tensor.Type))];
        var names = new HashSet<string>(StringComparer.Ordinal) { SafetensorsHeader.Metadata };
        foreach (StoredTensor tensor in _tensors)
            if (!names.Add(tensor.Name))
                throw new ArgumentException($"tensors has '{tensor.Name}', which is taken", nameof(tensors));
        _header = WriteHeader(metadata);
        SignHeader();
    }

    /// <summary>Writes the file.</summary>
    public void WriteTo(Stream stream)
    {
        Span<byte> length = stackalloc byte[SafetensorsHeader.LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)_header.Length);
        stream.Write(length);
        stream.Write(_header);
        foreach (StoredTensor tensor in _tensors)
            stream.Write(tensor.Bytes.Span);
    }

    private byte[] WriteHeader(IReadOnlyDictionary<string, string> metadata)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, Options))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafetensorsHeader.Metadata);
            // First, so that no text before it can look like it.
            json.WriteString(SafetensorsHeader.Checksum, SafetensorsHeader.NoChecksum);
            foreach ((string name, string text) in metadata)
                if (name != SafetensorsHeader.Checksum)
                    json.WriteString(name, text);
            json.WriteEndObject();
            long offset = 0;
            foreach (StoredTensor tensor in _tensors)
            {
                WriteEntry(json, tensor, offset);
                offset += tensor.Bytes.Length;
            }
            json.WriteEndObject();
        }
        // The elements begin at a multiple of 8; the format lets the header end in spaces.
        while (memory.Length % SafetensorsHeader.LengthBytes != 0)
            memory.WriteByte((byte)' ');
        return memory.ToArray();
    }

    private static void WriteEntry(Utf8JsonWriter json, StoredTensor tensor, long offset)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", TensorTypes.SafetensorsName(tensor.Type));
        json.WriteStartArray("shape");
        foreach (int size in tensor.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + tensor.Bytes.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void SignHeader()
    {
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
            WriteTo(stream);
        SafetensorsHeader.TryReplaceChecksum(_header, SafetensorsHeader.NoChecksum, Convert.ToHexStringLower(hash.Hash!));
    }
}
