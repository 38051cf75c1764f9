using System.CommandLine;

namespace NativeOpt.Cli.Commands;

/// <summary>How a text with delimiters is read.</summary>
internal sealed class TableOptions
{
    private const string Tab = "tab";

    private readonly Option<char?> _delimiter = OptionValue.Create<char?>("--delimiter",
        $"Between the cells of a row: a character, or {Tab} [default: ,]", "character", ReadDelimiter);

    private readonly Option<bool> _noHeader = new("--no-header")
    {
        Description = "The first row has values, not names: columns are called column1, column2 ...",
    };

    /// <summary>The options.</summary>
    public IEnumerable<Option> All => [_delimiter, _noHeader];

    /// <summary>The settings.</summary>
    public CsvSettings Read(GivenOptions given)
    {
        var settings = new CsvSettings { HasHeader = !given.Get(_noHeader) };
        return given.Get(_delimiter) is { } delimiter ? settings with { Delimiter = delimiter } : settings;
    }

    private static char? ReadDelimiter(string text)
    {
        string character = text.ToLowerInvariant() is Tab or "\\t" ? "\t" : text;
        if (character.Length != 1)
            throw new InputException($"--delimiter is '{text}'; it must be one character, or {Tab}");
        try
        {
            return new CsvSettings { Delimiter = character[0] }.Delimiter;
        }
        catch (ArgumentException e)
        {
            throw new InputException($"--delimiter is '{text}'; it must be a character that numbers and quotes do not have", e);
        }
    }
}
