using System.Text;

namespace NativeOpt.Cli.Report;

/// <summary>Files of the Assets folder, compiled into the program.</summary>
internal static class Asset
{
    public static string Read(string name)
    {
        using Stream stream = typeof(Asset).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the program was built without {name}");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
