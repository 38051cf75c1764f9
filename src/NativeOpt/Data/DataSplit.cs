namespace NativeOpt;

/// <summary>A classification data set in its two fixed parts.</summary>
/// <param name="Name">As the command line calls it, such as "fashion-mnist".</param>
/// <param name="Train">What to learn from.</param>
/// <param name="Test">What to measure on at the end.</param>
/// <param name="ClassNames">What the class numbers mean.</param>
public sealed record DataSplit(string Name, InMemoryDataset Train, InMemoryDataset Test, IReadOnlyList<string> ClassNames);
