using NativeOpt.Initializers;

namespace NativeOpt.Data;

/// <summary>Rows in two parts, each class with the same share of both as far as whole rows allow.</summary>
internal static class StratifiedRows
{
    /// <exception cref="ArgumentException">A class has one row only, or a part has fewer rows than there are classes.</exception>
    public static (int[] Train, int[] Test) Divide(Targets y, int testRows, bool shuffle, long seed)
    {
        if (!y.HasLabels)
            throw new ArgumentException($"stratify needs class numbers; the targets are {y}", nameof(y));
        if (!shuffle)
            throw new ArgumentException("stratify without shuffle is not possible: which rows are taken is random", nameof(shuffle));
        IGrouping<int, int>[] classes = [.. Enumerable.Range(0, y.Rows).GroupBy(y.GetLabel).OrderBy(rows => rows.Key)];
        IGrouping<int, int>? single = Array.Find(classes, rows => rows.Count() < 2);
        if (single is not null)
            throw new ArgumentException($"class {single.Key} has 1 row; stratify needs 2 of each class at least", nameof(y));
        if (Math.Min(testRows, y.Rows - testRows) < classes.Length)
            throw new ArgumentException(
                $"of {y.Rows} rows {y.Rows - testRows} are to learn from and {testRows} to test on; stratify needs one of each of the "
                + $"{classes.Length} classes in both", nameof(testRows));
        var random = new RandomSequence(seed, RandomStreams.Split);
        int[] counts = Allot([.. classes.Select(rows => rows.Count())], testRows);
        var train = new List<int>();
        var test = new List<int>();
        for (int k = 0; k < classes.Length; k++)
        {
            int[] rows = [.. classes[k]];
            random.Shuffle(rows);
            test.AddRange(rows[..counts[k]]);
            train.AddRange(rows[counts[k]..]);
        }
        return (Shuffled(train, random), Shuffled(test, random));
    }

    // Largest remainders (Hare): whole shares first, what is left to the largest fractions, the first of equal ones.
    private static int[] Allot(int[] sizes, int total)
    {
        long all = sizes.Sum(size => (long)size);
        int[] counts = [.. sizes.Select(size => (int)((long)size * total / all))];
        IEnumerable<int> byRemainder = Enumerable.Range(0, sizes.Length).OrderByDescending(k => (long)sizes[k] * total % all);
        foreach (int k in byRemainder.Take(total - counts.Sum()))
            counts[k]++;
        return counts;
    }

    private static int[] Shuffled(List<int> rows, RandomSequence random)
    {
        int[] shuffled = [.. rows];
        random.Shuffle(shuffled);
        return shuffled;
    }
}
