using System.Text.RegularExpressions;

namespace NativeOpt.BindingsGenerator;

/// <summary>
/// A documentation comment of the header, taken apart: paragraphs of running text, blocks whose line breaks matter, and
/// what <c>@param</c> and <c>@return</c> say.
/// </summary>
internal sealed partial record DocComment(
    IReadOnlyList<DocBlock> Blocks, IReadOnlyList<(string Name, string Text)> Parameters, string Returns)
{
    /// <summary>Where the header says nothing.</summary>
    public static readonly DocComment None = new([], [], "");

    /// <summary>Parses a comment with its markers: <c>/** */</c>, <c>/**&lt; */</c>, <c>///</c> or <c>///&lt;</c>.</summary>
    public static DocComment Parse(string? raw)
    {
        if (string.IsNullOrWhiteSpace(raw)) return None;
        var blocks = new List<DocBlock>();
        var parameters = new List<(string, string)>();
        string returns = "";
        foreach (DocBlock block in Split(StripMarkers(raw)))
        {
            Match command = Command().Match(block.Lines[0]);
            if (!command.Success) { blocks.Add(block); continue; }
            string text = string.Join(' ', block.Lines)[command.Length..];
            if (command.Groups["name"].Success) parameters.Add((command.Groups["name"].Value, Sentence(text)));
            else returns = Sentence(text);
        }
        return new DocComment(blocks, parameters, returns);
    }

    /// <summary>
    /// Capitalises a text that begins with a word. What is likelier a name of the header (it holds an underscore, a digit or a
    /// single letter, or an opening parenthesis follows: a formula) stays as it is.
    /// </summary>
    public static string Sentence(string text)
    {
        string word = FirstWord().Match(text).Value;
        bool isPlain = word.Length > 1 ? word.All(char.IsAsciiLetterLower) : word == "a";
        return isPlain ? char.ToUpperInvariant(text[0]) + text[1..] : text;
    }

    /// <summary>Lines without their markers. An indentation counts only after a leading asterisk or slashes: that of a
    /// continuation line without one merely aligns the header.</summary>
    private static IEnumerable<string> StripMarkers(string raw)
    {
        foreach (string line in Ending().Replace(raw, "").Split('\n'))
        {
            Match marker = Marker().Match(line);
            yield return marker.Success ? line[marker.Length..].TrimEnd() : line.Trim();
        }
    }

    /// <summary>Blank lines, commands and changes between running and indented text (code) end a block.</summary>
    private static List<DocBlock> Split(IEnumerable<string> lines)
    {
        var blocks = new List<DocBlock>();
        bool open = false, inCommand = false;
        foreach (string line in lines)
        {
            if (line.Length == 0) { open = false; continue; }
            inCommand = Command().IsMatch(line) || (inCommand && open);
            bool isCode = !inCommand && line.StartsWith("  ", StringComparison.Ordinal);
            if (!open || Command().IsMatch(line) || blocks[^1].IsCode != isCode) blocks.Add(new DocBlock(isCode, []));
            blocks[^1].Lines.Add(line.Trim());
            open = true;
        }
        return blocks;
    }

    [GeneratedRegex(@"\s*\*/\s*$")]
    private static partial Regex Ending();

    [GeneratedRegex(@"^\s*(/\*\*<?|///<?|\*) ?")]
    private static partial Regex Marker();

    [GeneratedRegex(@"^[@\\](param(\[\w+\])?\s+(?<name>\w+)|returns?)\s*")]
    private static partial Regex Command();

    [GeneratedRegex(@"^(?>\w*)(?! \()")]
    private static partial Regex FirstWord();
}

/// <summary>A paragraph, or lines whose breaks are kept.</summary>
internal sealed record DocBlock(bool IsCode, List<string> Lines);
