using System.Text;

namespace NativeOpt.Tests.Fuzzing;

/// <summary>Damages that happen to files, and such as an attacker would try.</summary>
internal static class Mutation
{
    /// <summary>What is put in the place of a digit, where a text is read as a number.</summary>
    private static readonly string[] Numbers = ["999999999999", "4294967295", "-1", "1e400", "null", "NaN", "\"x\"", "[]", "{}", "0", ""];

    private delegate byte[] Change(byte[] valid, Random random);

    private static readonly Change[] Changes =
        [FlipBit, CutOff, Repeat, Remove, Scatter, FillWithOnes, ReplaceDigit, SwapRanges, InsertRange];

    /// <summary>A copy with one to three changes.</summary>
    public static byte[] Of(byte[] valid, Random random)
    {
        byte[] bytes = valid;
        for (int left = random.Next(1, 4); left > 0 && bytes.Length > 0; left--)
            bytes = Changes[random.Next(Changes.Length)](bytes, random);
        return bytes;
    }

    private static byte[] FlipBit(byte[] valid, Random random)
    {
        byte[] bytes = [.. valid];
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    private static byte[] CutOff(byte[] valid, Random random) => valid[..random.Next(valid.Length)];

    private static byte[] Repeat(byte[] valid, Random random) => [.. valid, .. valid[..random.Next(valid.Length)]];

    private static byte[] Remove(byte[] valid, Random random)
    {
        (int start, int end) = Range(valid, random);
        return [.. valid[..start], .. valid[end..]];
    }

    /// <summary>Into the beginning, where the headers are.</summary>
    private static byte[] Scatter(byte[] valid, Random random)
    {
        byte[] bytes = [.. valid];
        for (int i = random.Next(1, 9); i > 0; i--)
            bytes[random.Next(Math.Min(bytes.Length, 400))] = (byte)random.Next(256);
        return bytes;
    }

    private static byte[] FillWithOnes(byte[] valid, Random random)
    {
        byte[] bytes = [.. valid];
        int start = random.Next(bytes.Length);
        bytes.AsSpan(start, Math.Min(random.Next(1, 17), bytes.Length - start)).Fill(0xff);
        return bytes;
    }

    private static byte[] ReplaceDigit(byte[] valid, Random random)
    {
        int[] digits = [.. Enumerable.Range(0, valid.Length).Where(i => valid[i] is >= (byte)'0' and <= (byte)'9')];
        if (digits.Length == 0)
            return FlipBit(valid, random);
        int at = digits[random.Next(digits.Length)];
        return [.. valid[..at], .. Encoding.ASCII.GetBytes(Numbers[random.Next(Numbers.Length)]), .. valid[(at + 1)..]];
    }

    private static byte[] SwapRanges(byte[] valid, Random random)
    {
        (int start, int end) = Range(valid, random);
        return [.. valid[end..], .. valid[start..end], .. valid[..start]];
    }

    private static byte[] InsertRange(byte[] valid, Random random)
    {
        (int start, int end) = Range(valid, random);
        int at = random.Next(valid.Length);
        return [.. valid[..at], .. valid[start..end], .. valid[at..]];
    }

    private static (int Start, int End) Range(byte[] valid, Random random)
    {
        int start = random.Next(valid.Length);
        return (start, start + random.Next(Math.Min(64, valid.Length - start) + 1));
    }
}
