using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using NativeOpt.Cli.Comparison;
using static NativeOpt.Cli.Output.NumberText;
using static NativeOpt.Cli.Report.Markup;

namespace NativeOpt.Cli.Report;

/// <summary>Everything that is needed to run it again, and the other files.</summary>
internal static class ReportDetails
{
    public static XElement Section(ComparisonResults results)
    {
        XElement section = Element("section");
        var optimizers = results.Runs.Select(run => (run.Label, Hyperparameters(run.Hyperparameters)));
        section.Add(new XElement("h2", "Optimizers"), List("card wide", optimizers));
        section.Add(new XElement("h2", "Settings"), List("card", Training(results)));
        section.Add(new XElement("h2", "Machine"), List("card", Machine(results.Machine)));
        return section;
    }

    public static XElement Footer(ComparisonResults results)
    {
        XElement line = Element("p");
        line.Add(Link("results.json", "results.json"), Link("history.csv", "history.csv"));
        XElement end = Element("span", "class", "end");
        string time = results.Started.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        end.Add($"NativeOpt {results.Version} \u00b7 {time} UTC");
        line.Add(end);
        return line;
    }

    private static IEnumerable<(string, string)> Training(ComparisonResults results)
    {
        DatasetInfo data = results.Dataset;
        yield return ("Data", $"{data.Title}: {Count(data.Inputs)} inputs, {data.Classes} classes");
        yield return ("Samples",
            $"{Count(data.TrainSamples)} training, {Count(data.ValidationSamples)} validation, {Count(data.TestSamples)} test");
        yield return ("Network", $"Dense {ReportWords.Network(results.Network)}");
        yield return ("Parameters", Count(results.Network.Parameters));
        yield return ("Loss", results.Network.Loss);
        yield return ("Epochs", Count(results.Training.Epochs));
        yield return ("Batch size", Count(results.Training.BatchSize));
        yield return ("Seed", results.Training.Seed.ToString(CultureInfo.InvariantCulture));
        yield return ("Learning rate", results.Training.LearningRate is { } rate ? $"{Number(rate)} for all" : "each optimizer's own");
    }

    private static IEnumerable<(string, string)> Machine(MachineInfo machine)
    {
        yield return ("Processor", machine.Cpu);
        yield return ("Processors", Count(machine.Processors));
        yield return ("Backend", $"{machine.Backend}: {machine.BackendReason}");
        if (machine.InstructionSet is { } isa)
            yield return ("Instruction set", isa);
        if (machine.OpenBlasVersion is { } version)
            yield return ("Matrix products", $"{version}, {machine.OpenBlasCore} kernels");
        yield return ("Threads", Count(machine.Threads));
        yield return ("System", $"{machine.OperatingSystem}, {machine.Architecture}");
        yield return (".NET", machine.DotNet);
    }

    /// <summary>"learning_rate = 0.01, momentum = 0.9, nesterov": what is off, 0 or Keras' way is left out.</summary>
    private static string Hyperparameters(JsonObject settings) => string.Join(", ", settings
        .Select(setting => setting.Value?.GetValueKind() switch
        {
            JsonValueKind.Number when (double)setting.Value is var number and not 0 => $"{setting.Key} = {Number(number)}",
            JsonValueKind.True => setting.Key,
            JsonValueKind.String when setting.Key == "convention" && (string?)setting.Value == "keras" => null,
            JsonValueKind.String => $"{setting.Key} = {(string?)setting.Value}",
            _ => null,
        })
        .OfType<string>());

    private static XElement List(string style, IEnumerable<(string Name, string Value)> entries)
    {
        XElement list = Element("dl", "class", style);
        foreach ((string name, string value) in entries)
            list.Add(new XElement("div", new XElement("dt", name), new XElement("dd", value)));
        return list;
    }

    private static XElement Link(string file, string text)
    {
        XElement link = Element("a", "href", file);
        link.Add(text);
        return link;
    }
}
