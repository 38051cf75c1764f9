using System.Globalization;
using System.Text.Json.Nodes;
using NativeOpt.Cli.Display;
using NativeOpt.Cli.Output;
using NativeOpt.Cli.Report.Charts;

namespace NativeOpt.Cli.Commands;

/// <summary>What `nativeopt schedule` does once its settings are known.</summary>
internal static class ScheduleAction
{
    private const string Picture = "schedule.svg", Table = "schedule.csv";
    private const int Rows = 11;

    /// <returns>The exit code.</returns>
    /// <exception cref="InputException">The folder cannot be written to, or the schedule has no value at a step.</exception>
    public static int Run(Schedule schedule, int steps, string? output, bool json, Terminal terminal)
    {
        double[] values = Preview(schedule, steps);
        if (output is not null)
            Write(output, schedule, values);
        if (json)
            terminal.Output.WriteLine(new JsonObject
            {
                ["schedule"] = schedule.ToString(),
                ["values"] = new JsonArray([.. values.Select(value => (JsonNode?)JsonValue.Create(value))]),
            }.ToJsonString());
        else
            WriteText(schedule, values, output, terminal.Output);
        return ExitCode.Success;
    }

    private static double[] Preview(Schedule schedule, int steps)
    {
        try
        {
            return schedule.Preview(steps);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new InputException($"schedule is '{schedule}', which cannot be followed for --steps {steps}: {e.Message}", e);
        }
    }

    private static void Write(string output, Schedule schedule, double[] values)
    {
        using OutputFolder folder = OutputFolder.Open(output, "--output", Picture, Table);
        folder.Add(Picture, SchedulePicture.Draw(schedule.ToString(), values));
        folder.Add(Table, "step,value\n" + string.Concat(values.Select((value, step) => $"{step},{NumberText.Number(value)}\n")));
        folder.Commit();
    }

    /// <summary>The values at some steps, the first and the last among them, each with a bar as long as it is large.</summary>
    private static void WriteText(Schedule schedule, double[] values, string? output, TextWriter writer)
    {
        const int barLength = 40;
        writer.WriteLine(schedule);
        double largest = values.Max(Math.Abs);
        int last = values.Length - 1;
        int width = Math.Max(4, last.ToString(CultureInfo.InvariantCulture).Length);
        writer.WriteLine($"{"step".PadLeft(width)}  value");
        foreach (int step in Enumerable.Range(0, Rows).Select(row => (int)Math.Round((double)last * row / (Rows - 1))).Distinct())
        {
            int length = largest > 0 ? (int)Math.Round(barLength * Math.Abs(values[step]) / largest) : 0;
            string number = values[step].ToString("G6", CultureInfo.InvariantCulture).ToLowerInvariant();
            writer.WriteLine($"{NumberText.Number(step).PadLeft(width)}  {number,-12} {new string('#', length)}".TrimEnd());
        }
        if (output is not null)
            foreach (string file in (string[])[Picture, Table])
                writer.WriteLine(Path.Combine(output, file));
    }
}
