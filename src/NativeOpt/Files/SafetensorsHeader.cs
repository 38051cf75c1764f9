using System.Security.Cryptography;
using System.Text;

namespace NativeOpt.Files;

/// <summary>What reader and writer of safetensors files agree on.</summary>
internal static class SafetensorsHeader
{
    /// <summary>The entry of the header that has texts instead of an array.</summary>
    public const string Metadata = "__metadata__";

    /// <summary>The text with the checksum.</summary>
    public const string Checksum = "sha256";

    /// <summary>Bytes before the header: its length.</summary>
    public const int LengthBytes = sizeof(ulong);

    /// <summary>What the format allows for the header.</summary>
    public const int MaxBytes = 100_000_000;

    /// <summary>In the place of the checksum while it is computed.</summary>
    public static readonly string NoChecksum = new('0', 2 * SHA256.HashSizeInBytes);

    /// <summary>Exchanges the only place of a checksum in a header for another one of the same length.</summary>
    /// <returns>False, if it is not there.</returns>
    public static bool TryReplaceChecksum(Span<byte> header, string checksum, string by)
    {
        int place = header.IndexOf(Encoding.UTF8.GetBytes($"\"{Checksum}\":\"{checksum}\""));
        if (place < 0)
            return false;
        Encoding.ASCII.GetBytes(by, header[(place + Checksum.Length + 4)..]);
        return true;
    }
}
