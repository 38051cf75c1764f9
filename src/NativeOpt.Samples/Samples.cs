namespace NativeOpt.Samples;

/// <summary>A sample: writes what it does and returns how well it went; its file says what the number is.</summary>
public delegate double Sample(TextWriter output);

/// <summary>The samples by name.</summary>
public static class Samples
{
    /// <summary>Each is one file and stands on its own.</summary>
    public static IReadOnlyDictionary<string, Sample> All { get; } = new SortedDictionary<string, Sample>(StringComparer.OrdinalIgnoreCase)
    {
        ["regression"] = Regression.Run,
        ["classification"] = Classification.Run,
        ["own-arrays"] = OwnArrays.Run,
        ["custom-optimizer"] = CustomOptimizer.Run,
        ["custom-callback"] = CustomCallback.Run,
        ["own-data"] = OwnData.Run,
    };
}
