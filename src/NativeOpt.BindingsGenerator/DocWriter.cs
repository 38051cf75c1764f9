using System.Text;

namespace NativeOpt.BindingsGenerator;

/// <summary>Writes documentation comments as C#'s XML, no line longer than the repository's limit.</summary>
internal static class DocWriter
{
    private const int MaxColumns = 139;

    /// <summary>Writes what <paramref name="doc"/> says and, if given, the C declaration behind the C# one.</summary>
    public static void Write(StringBuilder output, string indent, DocComment doc, string? declaration = null)
    {
        if (doc.Blocks.Count > 0) WriteSummary(output, indent, doc.Blocks);
        foreach ((string name, string text) in doc.Parameters)
            WriteElement(output, indent, $"<param name=\"{Names.Camel(name)}\">", Escape(text), "</param>");
        if (doc.Returns.Length > 0) WriteElement(output, indent, "<returns>", Escape(doc.Returns), "</returns>");
        if (declaration is not null) WriteElement(output, indent, "<remarks><c>", Escape(declaration), "</c></remarks>");
    }

    private static void WriteSummary(StringBuilder output, string indent, IReadOnlyList<DocBlock> blocks)
    {
        if (blocks is [{ IsCode: false } only])
        {
            WriteElement(output, indent, "<summary>", Paragraph(only), "</summary>");
            return;
        }
        WriteLine(output, indent, "<summary>");
        foreach (DocBlock block in blocks)
        {
            if (block.IsCode) WriteCode(output, indent, block);
            else if (blocks.Count(other => !other.IsCode) > 1) WriteElement(output, indent, "<para>", Paragraph(block), "</para>");
            else WriteWrapped(output, indent, Paragraph(block));
        }
        WriteLine(output, indent, "</summary>");
    }

    private static void WriteCode(StringBuilder output, string indent, DocBlock block)
    {
        WriteLine(output, indent, "<code>");
        foreach (string line in block.Lines) WriteLine(output, indent, Escape(line));
        WriteLine(output, indent, "</code>");
    }

    /// <summary>On one line if it fits, else with the tags on lines of their own.</summary>
    private static void WriteElement(StringBuilder output, string indent, string start, string text, string end)
    {
        if (indent.Length + "/// ".Length + start.Length + text.Length + end.Length <= MaxColumns)
        {
            WriteLine(output, indent, start + text + end);
            return;
        }
        WriteLine(output, indent, start);
        WriteWrapped(output, indent, text);
        WriteLine(output, indent, end);
    }

    private static void WriteWrapped(StringBuilder output, string indent, string text)
    {
        int width = MaxColumns - indent.Length - "/// ".Length;
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                WriteLine(output, indent, line);
                line = "";
            }
            line += line.Length == 0 ? word : " " + word;
        }
        WriteLine(output, indent, line);
    }

    private static void WriteLine(StringBuilder output, string indent, string text) =>
        output.Append(indent).Append("/// ").Append(text).Append('\n');

    private static string Paragraph(DocBlock block) => Escape(DocComment.Sentence(string.Join(' ', block.Lines)));

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
