using System.Text;

namespace NativeOpt.Files;

/// <summary>Writes arrays as NumPy's .npy format, version 1.0.</summary>
internal static class NpyWriter
{
    // The elements begin at a multiple of this.
    private const int Alignment = 64;

    /// <summary>Refuses arrays of elements that NumPy does not have.</summary>
    /// <exception cref="ArgumentException">It is such an array.</exception>
    public static void Check(StoredTensor tensor)
    {
        if (TensorTypes.NumpyName(tensor.Type).Length == 0)
            throw new ArgumentException($"tensor '{tensor.Name}' has elements of type {tensor.Type}, which NumPy does not have", nameof(tensor));
    }

    /// <summary>Writes an array.</summary>
    public static void Write(Stream stream, StoredTensor tensor)
    {
        string type = (TensorTypes.SizeOf(tensor.Type) == 1 ? "|" : "<") + TensorTypes.NumpyName(tensor.Type);
        string shape = tensor.Shape.Count == 1 ? $"({tensor.Shape[0]},)" : $"({string.Join(", ", tensor.Shape)})";
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}";
        int unpadded = NpyReader.Magic.Length + 2 + sizeof(ushort) + header.Length + 1;
        header += new string(' ', (Alignment - unpadded % Alignment) % Alignment) + '\n';
        stream.Write(NpyReader.Magic);
        stream.Write([1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(header));
        stream.Write(tensor.Bytes.Span);
    }
}
