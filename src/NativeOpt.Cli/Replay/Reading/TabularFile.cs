using System.Globalization;

namespace NativeOpt.Cli.Replay;

/// <summary>A table of numbers that a case names: a line of column names, then rows, the last column the target.</summary>
/// <param name="Features">All columns but the last, row after row.</param>
/// <param name="Targets">The last column.</param>
internal sealed record TabularFile(double[][] Features, double[] Targets)
{
    /// <summary>Finds and reads a table.</summary>
    /// <param name="run">The case: tables are looked for in the data folder that the user named, then beside the case's file.</param>
    /// <param name="name">As the case has it, such as "tabular/digits.csv".</param>
    /// <exception cref="ReplayException">It is nowhere, or a line is not made of numbers.</exception>
    public static TabularFile Load(ReplayRun run, string name)
    {
        string beside = Path.GetDirectoryName(Path.GetFullPath(run.Case.File.Path))!;
        string[] folders = [.. new[] { run.Options.DataDirectory, beside, Path.Combine(beside, "..", "data") }.OfType<string>()];
        string? path = folders.SelectMany(folder => new[] { Path.Combine(folder, name), Path.Combine(folder, Path.GetFileName(name)) })
            .FirstOrDefault(File.Exists);
        return path is not null
            ? Read(path)
            : throw new ReplayException($"needs {name}, which is not in {string.Join(" or ", folders)}; name its folder with --data-dir");
    }

    /// <summary>A range of the rows.</summary>
    public TabularFile Slice(int from, int to) => from >= 0 && from < to && to <= Features.Length
        ? new TabularFile(Features[from..to], Targets[from..to])
        : throw new ReplayException($"data.rows is [{from}, {to}]; the table has {Features.Length} rows");

    /// <summary>With other features.</summary>
    public TabularFile WithFeatures(Func<double[], double[]> change) => new([.. Features.Select(change)], Targets);

    /// <summary>Each feature minus its mean, divided by its standard deviation over all rows; a feature that is constant becomes 0.</summary>
    public TabularFile Standardized()
    {
        int columns = Features[0].Length;
        double[] mean = [.. Enumerable.Range(0, columns).Select(c => Features.Average(row => row[c]))];
        double[] deviation = [.. Enumerable.Range(0, columns)
            .Select(c => Math.Sqrt(Features.Average(row => Math.Pow(row[c] - mean[c], 2))))];
        return WithFeatures(row => [.. row.Select((value, c) => (value - mean[c]) / (deviation[c] == 0 ? 1 : deviation[c]))]);
    }

    /// <summary>The features as a model takes them.</summary>
    public float[][] FloatFeatures() => [.. Features.Select(row => Array.ConvertAll(row, value => (float)value))];

    private static TabularFile Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        double[][] rows = [.. lines.Skip(1).Where(line => line.Length > 0).Select((line, index) => ReadLine(path, index + 2, line))];
        if (rows.Length == 0)
            throw new ReplayException($"{path} has no rows");
        int other = Array.FindIndex(rows, row => row.Length != rows[0].Length || row.Length < 2);
        return other < 0
            ? new TabularFile([.. rows.Select(row => row[..^1])], [.. rows.Select(row => row[^1])])
            : throw new ReplayException($"{path}: line {other + 2} has {rows[other].Length} numbers; line 2 has {rows[0].Length}");
    }

    private static double[] ReadLine(string path, int line, string text) =>
        [.. text.Split(',').Select(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value : throw new ReplayException($"{path}: line {line} has '{word}'; it must be a number"))];
}
