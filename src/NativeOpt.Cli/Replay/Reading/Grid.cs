using System.Text.Json;

namespace NativeOpt.Cli.Replay;

/// <summary>A matrix as a file has it, row after row.</summary>
internal sealed record Grid(int Rows, int Columns, double[] Values)
{
    /// <summary>Reads a list of equally long rows; a plain list is one row.</summary>
    /// <exception cref="ReplayException">It is something else.</exception>
    public static Grid Read(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() == 0)
            throw new ReplayException($"{path} is {Fields.Describe(json)}; it must be a list of rows");
        JsonElement[] rows = json[0].ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray()] : [json];
        double[][] values = [.. rows.Select((row, index) => Fields.NumbersOf(row, rows.Length > 1 ? $"{path}[{index}]" : path))];
        int other = Array.FindIndex(values, row => row.Length != values[0].Length);
        return other < 0
            ? new Grid(values.Length, values[0].Length, [.. values.SelectMany(row => row)])
            : throw new ReplayException($"{path}[{other}] has {values[other].Length} numbers; the row before it has {values[0].Length}");
    }

    /// <summary>The same numbers as a column.</summary>
    public Grid AsColumn() => new(Values.Length, 1, Values);

    /// <summary>A matrix of the same shape with one number everywhere.</summary>
    public Grid Filled(double value) => new(Rows, Columns, [.. Values.Select(_ => value)]);
}
