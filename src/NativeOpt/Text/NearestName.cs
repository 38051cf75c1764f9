namespace NativeOpt.Text;

/// <summary>Finds what somebody probably meant: the smallest Levenshtein distance, not counting case.</summary>
internal static class NearestName
{
    /// <summary>
    /// The known name nearest to <paramref name="name"/>, or null where none is near: more than half of its letters would have
    /// to change.
    /// </summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        string? nearest = null;
        int smallest = int.MaxValue;
        foreach (string candidate in known)
        {
            int distance = Distance(name, candidate);
            if (distance < smallest)
                (nearest, smallest) = (candidate, distance);
        }
        return nearest is not null && smallest <= (Math.Max(name.Length, nearest.Length) + 1) / 2 ? nearest : null;
    }

    /// <summary>
    /// The sentence for an unknown name: "unknown {what} '{name}'; did you mean '{nearest}'? Known: a, b, c". Where nothing is known it
    /// says so.
    /// </summary>
    public static string Explain(string what, string name, IReadOnlyCollection<string> known)
    {
        if (known.Count == 0)
            return $"unknown {what} '{name}'; there are none yet";
        string hint = Find(name, known) is { } nearest ? $"; did you mean '{nearest}'?" : ".";
        return $"unknown {what} '{name}'{hint} Known: {string.Join(", ", known)}";
    }

    /// <summary>Number of insertions, deletions and replacements that turn one word into the other (Levenshtein 1966).</summary>
    public static int Distance(string left, string right)
    {
        // row[j]: distance of the first i letters of left to the first j of right.
        var row = new int[right.Length + 1];
        for (int j = 0; j <= right.Length; j++)
            row[j] = j;
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                bool same = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]);
                int replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
