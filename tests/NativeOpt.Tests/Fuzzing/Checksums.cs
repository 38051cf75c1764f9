using System.Security.Cryptography;
using System.Text;

namespace NativeOpt.Tests.Fuzzing;

/// <summary>Checksums of changed files.</summary>
internal static class Checksums
{
    /// <summary>That of a safetensors file of ours: SHA-256 with zeros in its own place.</summary>
    public static byte[] RepairSafetensors(byte[] bytes)
    {
        ReadOnlySpan<byte> key = "sha256\":\""u8;
        const int Digits = 64;
        int at = bytes.AsSpan().IndexOf(key);
        if (at < 0 || at + key.Length + Digits > bytes.Length)
            return bytes;
        Span<byte> digits = bytes.AsSpan(at + key.Length, Digits);
        digits.Fill((byte)'0');
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(bytes))).CopyTo(digits);
        return bytes;
    }
}
