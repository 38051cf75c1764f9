using System.Xml.Linq;

namespace NativeOpt.Cli.Report;

/// <summary>Elements of HTML and SVG; what is put into them is escaped when they are written.</summary>
internal static class Markup
{
    /// <summary>An element with attributes ("class", "r0", ...) and no content yet.</summary>
    public static XElement Element(string name, params ReadOnlySpan<string> attributes)
    {
        var element = new XElement(name);
        for (int i = 0; i < attributes.Length; i += 2)
            element.SetAttributeValue(attributes[i], attributes[i + 1]);
        return element;
    }
}
