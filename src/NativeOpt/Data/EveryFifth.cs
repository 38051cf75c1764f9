namespace NativeOpt.Data;

/// <summary>The fixed split of the data sets that have none of their own.</summary>
internal static class EveryFifth
{
    private const int TestEvery = 5;

    /// <summary>Of each class the fifth, tenth, ... row is for testing, the others for training.</summary>
    public static (int[] Train, int[] Test) Split(int rows, Func<int, int> labelOf, int classes)
    {
        var train = new List<int>();
        var test = new List<int>();
        var seen = new int[classes];
        for (int row = 0; row < rows; row++)
            (++seen[labelOf(row)] % TestEvery == 0 ? test : train).Add(row);
        return ([.. train], [.. test]);
    }
}
