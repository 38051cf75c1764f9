using System.Globalization;
using NativeOpt.Initializers;

namespace NativeOpt.Data;

/// <summary>Rows in two parts, regardless of what they hold.</summary>
internal static class RowDivision
{
    /// <summary>Numbers of the rows of both parts.</summary>
    public static (int[] Train, int[] Test) Divide(int count, double testSize, bool shuffle, long seed)
    {
        int test = TestRows(count, testSize);
        if (!shuffle)
            return ([.. Enumerable.Range(0, count - test)], [.. Enumerable.Range(count - test, test)]);
        int[] order = new RandomSequence(seed, RandomStreams.Split).Permutation(count);
        return (order[test..], order[..test]);
    }

    /// <summary>How many rows are for testing: the share, rounded up.</summary>
    /// <exception cref="ArgumentException">The share is not above 0 and below 1, or leaves a part empty.</exception>
    public static int TestRows(int count, double testSize)
    {
        if (testSize is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(testSize), testSize, string.Create(
                CultureInfo.InvariantCulture, $"testSize is {testSize}; it must be greater than 0 and less than 1"));
        // A share such as 0.2 of 10 rows is 2 rows, although 0.2 * 10 need not be 2 exactly.
        int test = (int)Math.Ceiling(Math.Round(count * testSize, 9));
        return test > 0 && test < count
            ? test
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"testSize is {testSize}: of {count} rows that leaves {count - test} to learn from and {test} to test on"),
                    nameof(testSize));
    }
}
