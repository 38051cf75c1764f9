using System.Globalization;

namespace NativeOpt.Benchmarks.Training;

/// <summary>Names and values in turns, as the scripts in benchmarks/peers give them.</summary>
internal sealed class ProgramOptions(IReadOnlyList<string> arguments)
{
    /// <summary>The text behind a name.</summary>
    public string Text(string name, string otherwise)
    {
        for (int i = 0; i + 1 < arguments.Count; i += 2)
            if (arguments[i] == name)
                return arguments[i + 1];
        return otherwise;
    }

    /// <summary>The whole number behind a name.</summary>
    public int Number(string name, int otherwise) =>
        int.TryParse(Text(name, ""), CultureInfo.InvariantCulture, out int value) ? value : otherwise;

    /// <summary>The whole numbers behind a name; none where it is missing.</summary>
    public IEnumerable<int> Numbers(string name) => Text(name, "").Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(number => int.Parse(number, CultureInfo.InvariantCulture));
}
