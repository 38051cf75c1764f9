using System.Xml.Linq;
using static NativeOpt.Cli.Report.Markup;

namespace NativeOpt.Cli.Report.Blocks;

/// <summary>Names and what belongs to them: settings, the machine.</summary>
/// <param name="Facts">In the order they are shown.</param>
/// <param name="Wide">One below the other, for values that are long.</param>
internal sealed record FactList(IEnumerable<(string Name, string Value)> Facts, bool Wide = false) : IReportBlock
{
    /// <inheritdoc/>
    public IEnumerable<XElement> Write(PageParts page)
    {
        XElement list = Element("dl", "class", Wide ? "card wide" : "card");
        foreach ((string name, string value) in Facts)
            list.With(Element("div").With(TextElement("dt", "", name), TextElement("dd", "", value)));
        return [list];
    }
}
