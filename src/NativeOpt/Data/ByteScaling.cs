using System.Numerics;
using System.Runtime.InteropServices;

namespace NativeOpt.Data;

/// <summary>Bytes to floats.</summary>
internal static class ByteScaling
{
    /// <summary>destination[i] = source[i] * scale, with as many elements as the source has.</summary>
    public static void Scale(ReadOnlySpan<byte> source, float scale, Span<float> destination)
    {
        destination = destination[..source.Length];
        ReadOnlySpan<Vector<byte>> blocks = MemoryMarshal.Cast<byte, Vector<byte>>(source);
        Span<Vector<float>> results = MemoryMarshal.Cast<float, Vector<float>>(destination);
        for (int i = 0; i < blocks.Length; i++)
        {
            Vector.Widen(blocks[i], out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low, out Vector<uint> first, out Vector<uint> second);
            Vector.Widen(high, out Vector<uint> third, out Vector<uint> fourth);
            // The values are below 256: as signed integers they are the same numbers and convert faster.
            results[4 * i] = Vector.ConvertToSingle(Vector.AsVectorInt32(first)) * scale;
            results[4 * i + 1] = Vector.ConvertToSingle(Vector.AsVectorInt32(second)) * scale;
            results[4 * i + 2] = Vector.ConvertToSingle(Vector.AsVectorInt32(third)) * scale;
            results[4 * i + 3] = Vector.ConvertToSingle(Vector.AsVectorInt32(fourth)) * scale;
        }
        for (int i = blocks.Length * Vector<byte>.Count; i < source.Length; i++)
            destination[i] = source[i] * scale;
    }
}
