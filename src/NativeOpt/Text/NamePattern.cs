using System.IO.Enumeration;

namespace NativeOpt.Text;

/// <summary>Names by pattern: * stands for any characters, none too, and ? for one; case matters.</summary>
internal static class NamePattern
{
    /// <summary>Whether the whole name fits the pattern.</summary>
    public static bool Matches(string pattern, string name) =>
        FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
