using System.Xml.Linq;
using static NativeOpt.Cli.Report.Markup;

namespace NativeOpt.Cli.Report.Blocks;

/// <summary>Paragraphs.</summary>
internal sealed record TextBlock(params string[] Paragraphs) : IReportBlock
{
    /// <inheritdoc/>
    public IEnumerable<XElement> Write(PageParts page) => Paragraphs.Select(text => Paragraph("prose", text));
}
