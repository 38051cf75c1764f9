using System.Globalization;
using System.Text;
using NativeOpt.Benchmarks.Results.Topics;
using NativeOpt.Cli.Comparison;

namespace NativeOpt.Benchmarks.Results;

/// <summary>
/// Turns what the programs measured into a page and a figure a topic: <c>NativeOpt.Benchmarks pages MEASURED RESULTS</c>.
/// </summary>
internal static class ResultPages
{
    private static readonly Func<string, Topic>[] Topics =
    [
        StepsTopic.Read, ProductsTopic.Read, TrainingTopic.Read, CurvesTopic.Read, MemoryTopic.Read, StartupTopic.Read, KernelsTopic.Read,
        BackendsTopic.Read,
    ];

    /// <summary>Writes the topics of which something was measured.</summary>
    /// <param name="measured">Folder of the CSV files.</param>
    /// <param name="results">Folder of the pages.</param>
    public static void Write(string measured, string results)
    {
        Directory.CreateDirectory(results);
        foreach (Topic topic in Topics.Select(read => read(measured)).Where(topic => topic.Sections.Count > 0))
        {
            File.WriteAllText(Path.Combine(results, $"{topic.Name}.md"), Page(topic, measured));
            if (topic.Panels.Count > 0)
                File.WriteAllText(Path.Combine(results, $"{topic.Name}.svg"), Figure.Draw(topic.Title, topic.Panels));
            Console.WriteLine(Path.Combine(results, $"{topic.Name}.md"));
        }
    }

    private static string Page(Topic topic, string measured)
    {
        var page = new StringBuilder($"# {topic.Title}\n\n");
        page.Append(Head(topic.Name, measured));
        if (topic.Panels.Count > 0)
            page.Append(CultureInfo.InvariantCulture, $"\n![{topic.Title}]({topic.Name}.svg)\n");
        foreach (Section section in topic.Sections)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {section.Title}\n\n{section.Note}\n\n");
            page.Append(section.IsLong ? $"<details><summary>All rows</summary>\n\n{section.Table}\n</details>\n" : section.Table);
        }
        return page.ToString();
    }

    /// <summary>What run.sh noted of the whole run and of this topic, and what the library says of the machine.</summary>
    private static string Head(string topic, string measured)
    {
        RuntimeStatus status = Machine.Status();
        var rows = new List<string[]>
        {
            new[] { "processor", $"{Machine.Processor(status)}, {Environment.ProcessorCount} usable" },
            new[] { "instruction set", status.InstructionSet },
            new[] { "OpenBLAS", $"{status.BlasVersion}, {status.BlasCore} kernels, in NativeOpt; the same kernels in the peers" },
            new[] { "NativeOpt, .NET", $"{status.LibraryVersion}, {Environment.Version}" },
        };
        rows.AddRange(CsvTable.Read(measured, "head").Where(row => row["topic"] is "" || row["topic"] == topic)
            .Select(row => new[] { row["what"], row["value"] }));
        return MarkdownTable.Write(["", ""], rows);
    }
}
