using System.Text;
using System.Text.Json.Nodes;

namespace NativeOpt.Cli.Report;

/// <summary>What blocks leave behind while they are written: names that are taken, colours, style rules and data for the script.</summary>
internal sealed class PageParts
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>Data of each picture, by its id.</summary>
    public JsonObject Hover { get; } = [];

    /// <summary>Rules that hide what a legend does not tick.</summary>
    public StringBuilder SwitchCss { get; } = new();

    /// <summary>Colours in use.</summary>
    public int Slots { get; private set; }

    /// <summary>Sees to it that the colour of this slot is defined.</summary>
    public void Use(int slot) => Slots = Math.Max(Slots, slot + 1);

    /// <summary>An id made of the letters and digits of a text, unlike all others of the page: "time-per-epoch", "loss-2".</summary>
    public string NewId(string text)
    {
        string[] words = new string([.. text.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string wanted = words.Length == 0 ? "picture" : string.Join('-', words);
        string id = wanted;
        for (int number = 2; !_ids.Add(id); number++)
            id = $"{wanted}-{number}";
        return id;
    }
}
