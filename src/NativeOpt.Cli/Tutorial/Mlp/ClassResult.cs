using System.Text.Json.Nodes;

namespace NativeOpt.Cli.Tutorial.Mlp;

/// <summary>What became of the test pictures of a class.</summary>
/// <param name="Name">Of the class.</param>
/// <param name="Count">Pictures of it.</param>
/// <param name="Hits">How many of them were recognized.</param>
/// <param name="Confusion">The class that they were most often taken for; null: all were recognized.</param>
/// <param name="ConfusionCount">How many were taken for it.</param>
internal sealed record ClassResult(string Name, int Count, int Hits, string? Confusion, int ConfusionCount)
{
    /// <summary>Share of the pictures that were recognized, 0..1.</summary>
    public double Recall => (double)Hits / Count;

    /// <summary>One entry for each class that has test pictures.</summary>
    /// <param name="predictions">[pictures, classes].</param>
    /// <param name="labels">The class number of each picture.</param>
    /// <param name="names">Of the classes.</param>
    public static ClassResult[] Of(float[,] predictions, int[] labels, IReadOnlyList<string> names)
    {
        var counts = new int[names.Count, names.Count];
        int[] found = OneHot.Decode(predictions);
        for (int i = 0; i < labels.Length; i++)
            counts[labels[i], found[i]]++;
        return [.. Enumerable.Range(0, names.Count).Where(label => Array.IndexOf(labels, label) >= 0).Select(label =>
        {
            int other = Enumerable.Range(0, names.Count).Where(c => c != label).MaxBy(c => counts[label, c]);
            int total = Enumerable.Range(0, names.Count).Sum(c => counts[label, c]), hits = counts[label, label];
            return new ClassResult(names[label], total, hits, hits < total ? names[other] : null, counts[label, other]);
        })];
    }

    /// <summary>An entry of "classes" in results.json.</summary>
    public JsonNode ToJson() => new JsonObject
    {
        ["name"] = Name,
        ["count"] = Count,
        ["hits"] = Hits,
        ["confusion"] = Confusion,
        ["confusionCount"] = ConfusionCount,
    };
}
