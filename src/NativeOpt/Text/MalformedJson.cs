using System.Globalization;
using System.Text.Json;

namespace NativeOpt.Text;

/// <summary>What is wrong with a text that is no JSON, in a line: .NET's message may quote all the rest of the text.</summary>
internal static class MalformedJson
{
    /// <summary>The most characters of a message that are of use.</summary>
    private const int Longest = 120;

    /// <summary>"line 3, byte 1", counted from 1.</summary>
    public static string Position(JsonException failure) =>
        string.Create(CultureInfo.InvariantCulture, $"line {failure.LineNumber + 1}, byte {failure.BytePositionInLine + 1}");

    /// <summary>The reason without the position, which .NET appends, and without a full stop.</summary>
    public static string Reason(JsonException failure)
    {
        int end = failure.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        string reason = string.Concat((end < 0 ? failure.Message : failure.Message[..end])
            .Select(c => char.IsControl(c) ? ' ' : c)).TrimEnd('.');
        return reason.Length <= Longest ? reason : $"{reason[..(Longest / 2)]} ... {reason[^(Longest / 2)..]}";
    }
}
