using System.Globalization;

namespace NativeOpt.Cli.Tutorial;

/// <summary>Says how far an experiment has come: one line that is drawn again, or where that cannot be, a line for each run.</summary>
/// <param name="output">Where the lines go.</param>
/// <param name="isInteractive">Whether lines may be drawn again.</param>
internal sealed class ExperimentProgress(TextWriter output, bool isInteractive)
{
    private int _count, _done, _shown;

    /// <summary>How many runs there will be.</summary>
    public void Plan(int count) => _count = count;

    /// <summary>What is done now. Only shown where the line can be drawn again.</summary>
    public void Begin(string what)
    {
        if (isInteractive)
            Draw($"{Number(_done + 1)} {what} ...");
    }

    /// <summary>A run is done.</summary>
    /// <param name="what">Which, and what came of it.</param>
    public void Done(string what)
    {
        _done++;
        if (isInteractive)
            Draw($"{Number(_done)} {what}");
        else
            output.WriteLine($"{Number(_done)} {what}");
        output.Flush();
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_shown > 0)
            Draw("");
        output.Flush();
    }

    private string Number(int number)
    {
        string count = _count.ToString(CultureInfo.InvariantCulture);
        return $"[{number.ToString(CultureInfo.InvariantCulture).PadLeft(count.Length)}/{count}]";
    }

    private void Draw(string line)
    {
        // One column less than an old terminal has: a full one would wrap.
        string cut = line.Length > 79 ? line[..78] + "\u2026" : line;
        output.Write($"\r{cut.PadRight(_shown)}\r{cut}");
        _shown = cut.Length;
        output.Flush();
    }
}
