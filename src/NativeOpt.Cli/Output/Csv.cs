namespace NativeOpt.Cli.Output;

/// <summary>Cells of tables as they are written: RFC 4180, but lines end with LF.</summary>
internal static class Csv
{
    /// <summary>The text, in quotes where it needs them.</summary>
    public static string Field(string text, char delimiter = ',') =>
        text.AsSpan().ContainsAny([delimiter, '"', '\n', '\r']) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
