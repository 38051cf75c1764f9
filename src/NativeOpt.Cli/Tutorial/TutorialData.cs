using NativeOpt.Cli.Commands;

namespace NativeOpt.Cli.Tutorial;

/// <summary>The data sets of experiments that are not part of the program.</summary>
internal static class TutorialData
{
    /// <summary>Reads a data set. Where it is not there the complaint says how to get it; no other one is taken instead.</summary>
    /// <param name="name">As <see cref="Datasets.Load"/> takes it.</param>
    /// <param name="directory">--data-dir; null: where it is usually installed.</param>
    /// <exception cref="InputException">The files are not there or cannot be used.</exception>
    public static DataSplit Load(string name, string? directory)
    {
        try
        {
            return Datasets.Load(name, directory);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
        {
            string where = directory is null ? "" : $"--data-dir is '{directory}'; the data cannot be used: ";
            throw new InputException(where + e.Message, e);
        }
    }

    /// <summary>Rows from..to, without the last one.</summary>
    public static InMemoryDataset Rows(InMemoryDataset data, int from, int to)
    {
        int[] rows = [.. Enumerable.Range(from, to - from)];
        return new InMemoryDataset(data.X.SelectRows(rows), data.Y.SelectRows(rows));
    }
}
