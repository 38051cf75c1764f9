using System.Numerics;

namespace NativeOpt.Events;

/// <summary>CRC-32C of a record, masked as TensorFlow does: a checksum of data that have checksums in them is a weak one.</summary>
internal static class MaskedCrc
{
    private const uint Delta = 0xa282ead8;

    /// <summary>The checksum of bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return BitOperations.RotateRight(~crc, 15) + Delta;
    }
}
