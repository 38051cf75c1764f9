using System.Buffers.Binary;
using System.Text;

namespace NativeOpt.Tests.Bindings;

/// <summary>Reads the functions that a 64-bit little-endian ELF file exports (its section .dynsym).</summary>
internal static class ElfExports
{
    private const int DynamicSymbols = 11; // SHT_DYNSYM
    private const int SymbolSize = 24;
    private const int FunctionType = 2; // STT_FUNC

    public static bool IsElf(string path)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[6];
        return file.ReadAtLeast(magic, magic.Length, false) == magic.Length && magic.SequenceEqual("\u007fELF\u0002\u0001"u8);
    }

    public static SortedSet<string> Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int sections = (int)Word64(file, 0x28);
        int sectionSize = Word16(file, 0x3A);
        int[] headers = [.. Enumerable.Range(0, Word16(file, 0x3C)).Select(i => sections + i * sectionSize)];
        int symbols = headers.Single(header => Word32(file, header + 4) == DynamicSymbols);
        int names = (int)Word64(file, headers[Word32(file, symbols + 0x28)] + 0x18);
        int first = (int)Word64(file, symbols + 0x18);
        int end = first + (int)Word64(file, symbols + 0x20);
        var exports = new SortedSet<string>(StringComparer.Ordinal);
        for (int at = first; at < end; at += SymbolSize)
        {
            bool isFunction = (file[at + 4] & 0xF) == FunctionType;
            bool isDefined = Word16(file, at + 6) != 0;
            if (isFunction && isDefined) exports.Add(Name(file, names + Word32(file, at)));
        }
        return exports;
    }

    private static string Name(byte[] file, int at) => Encoding.ASCII.GetString(file, at, Array.IndexOf(file, (byte)0, at) - at);

    private static int Word16(byte[] file, int at) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));

    private static int Word32(byte[] file, int at) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));

    private static long Word64(byte[] file, int at) => BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(at));
}
