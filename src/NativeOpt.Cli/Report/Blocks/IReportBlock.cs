using System.Xml.Linq;

namespace NativeOpt.Cli.Report.Blocks;

/// <summary>A part of a section: a paragraph, a table, pictures.</summary>
internal interface IReportBlock
{
    /// <summary>Its elements.</summary>
    /// <param name="page">Takes what else the page needs for it.</param>
    IEnumerable<XElement> Write(PageParts page);
}
