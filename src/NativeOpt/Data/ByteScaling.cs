using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NativeOpt.Data;

/// <summary>Bytes to floats.</summary>
internal static class ByteScaling
{
    /// <summary>destination[i] = source[i] * scale, with as many elements as the source has.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="destination">Room for as many numbers.</param>
    /// <param name="pastCaches">Whether to store as <see cref="StreamedStores"/> does, where there are instructions for it.</param>
    public static void Scale(ReadOnlySpan<byte> source, float scale, Span<float> destination, bool pastCaches = false)
    {
        destination = destination[..source.Length];
        int done = Avx512F.IsSupported
            ? ScaleSixteens(source, scale, destination, pastCaches)
            : ScaleVectors(source, scale, destination);
        for (int i = done; i < source.Length; i++)
            destination[i] = source[i] * scale;
    }

    // Sixteen bytes at a time, which one instruction widens to sixteen integers.
    private static unsafe int ScaleSixteens(ReadOnlySpan<byte> source, float scale, Span<float> destination, bool pastCaches)
    {
        Vector512<float> factor = Vector512.Create(scale);
        ref byte from = ref MemoryMarshal.GetReference(source);
        int i = 0;
        fixed (float* to = destination)
        {
            bool streams = pastCaches && StreamedStores.Fit(to);
            for (; i + Vector512<float>.Count <= source.Length; i += Vector512<float>.Count)
            {
                Vector512<int> integers = Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref from, (nuint)i));
                Vector512<float> numbers = Vector512.ConvertToSingle(integers) * factor;
                if (streams)
                    numbers.StoreAlignedNonTemporal(to + i);
                else
                    numbers.Store(to + i);
            }
        }
        return i;
    }

    private static int ScaleVectors(ReadOnlySpan<byte> source, float scale, Span<float> destination)
    {
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
        return blocks.Length * Vector<byte>.Count;
    }
}
