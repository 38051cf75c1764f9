using System.Globalization;
using System.Text;

namespace NativeOpt.Training;

/// <summary>A model as a table of text.</summary>
internal static class ModelSummary
{
    private static readonly string[] Headings = ["Layer (type)", "Output Shape", "Param #"];

    public static string Write(Model model)
    {
        string[][] rows = [.. model.Layers.Select(layer => Describe(layer, model.IsBuilt))];
        int[] widths = [.. Headings.Select((heading, column) => rows.Select(row => row[column].Length).Append(heading.Length).Max())];
        var text = new StringBuilder();
        AppendRow(text, Headings, widths);
        text.Append('-', widths.Sum() + 2 * (widths.Length - 1)).Append('\n');
        foreach (string[] row in rows)
            AppendRow(text, row, widths);
        string total = model.IsBuilt
            ? string.Create(CultureInfo.InvariantCulture, $"Total params: {model.ParameterCount:N0}")
            : "Total params: unknown until the model is built";
        text.Append(total).Append('\n');
        if (model.TrainableParameterCount < model.ParameterCount)
            text.Append(CultureInfo.InvariantCulture, $"Trainable params: {model.TrainableParameterCount:N0}\n")
                .Append(CultureInfo.InvariantCulture, $"Non-trainable params: {model.ParameterCount - model.TrainableParameterCount:N0}\n");
        return text.ToString();
    }

    private static string[] Describe(Layer layer, bool isBuilt) =>
    [
        $"{layer.Name} ({layer.GetType().Name})",
        isBuilt ? string.Create(CultureInfo.InvariantCulture, $"(batch, {layer.OutputColumns})") : "?",
        isBuilt ? layer.ParameterCount.ToString("N0", CultureInfo.InvariantCulture) : "?",
    ];

    private static void AppendRow(StringBuilder text, string[] cells, int[] widths)
    {
        text.Append(cells[0].PadRight(widths[0])).Append("  ").Append(cells[1].PadRight(widths[1])).Append("  ");
        text.Append(cells[2].PadLeft(widths[2])).Append('\n');
    }
}
