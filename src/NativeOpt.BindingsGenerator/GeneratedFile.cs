using System.Text;

namespace NativeOpt.BindingsGenerator;

/// <summary>A file to write or to compare: LF line ends, UTF-8 without a byte order mark on every system.</summary>
/// <param name="RelativePath">Path in the repository, with forward slashes.</param>
/// <param name="Text">What belongs into it.</param>
internal sealed record GeneratedFile(string RelativePath, string Text)
{
    private const int ShownLines = 4;

    private readonly byte[] _bytes = new UTF8Encoding(false).GetBytes(Text.ReplaceLineEndings("\n"));

    /// <summary>Writes the file unless it holds the same bytes already. Says whether it wrote.</summary>
    public bool Write(string root)
    {
        string path = Path.Combine(root, RelativePath);
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(_bytes)) return false;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, _bytes);
        return true;
    }

    /// <summary>Null if the checked-in file holds these bytes, else a summary with the first lines that differ.</summary>
    public string? Compare(string root)
    {
        string path = Path.Combine(root, RelativePath);
        if (!File.Exists(path)) return $"{RelativePath}: missing";
        byte[] actual = File.ReadAllBytes(path);
        if (actual.AsSpan().SequenceEqual(_bytes)) return null;
        string[] old = Encoding.UTF8.GetString(actual).Split('\n');
        string[] fresh = Encoding.UTF8.GetString(_bytes).Split('\n');
        IEnumerable<string> differences = Enumerable.Range(0, Math.Max(old.Length, fresh.Length))
            .Where(i => Line(old, i) != Line(fresh, i))
            .Select(i => $"\n  line {i + 1}\n  - {Line(old, i)}\n  + {Line(fresh, i)}");
        string head = $"{RelativePath}: {old.Length - 1} lines checked in, {fresh.Length - 1} generated";
        return head + string.Concat(differences.Take(ShownLines));
    }

    private static string Line(string[] lines, int at) => at < lines.Length ? lines[at].Replace("\r", "\\r") : "(end of file)";
}
