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

    /// <summary>The element itself, with more content.</summary>
    public static XElement With(this XElement element, params XNode[] content)
    {
        element.Add(content);
        return element;
    }

    /// <summary>A paragraph; <paramref name="style"/> may be empty.</summary>
    public static XElement Paragraph(string style, string text) => TextElement("p", style, text);

    /// <summary>An element with text; an empty <paramref name="style"/> is left out. Never written as a self-closed element.</summary>
    public static XElement TextElement(string name, string style, string text)
    {
        XElement element = style.Length == 0 ? Element(name) : Element(name, "class", style);
        element.Add(text);
        return element;
    }
}
