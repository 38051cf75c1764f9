using System.Globalization;
using System.Text.Json.Nodes;
using NativeOpt.Cli.Display;
using NativeOpt.Cli.Loading;
using NativeOpt.Cli.Models;
using NativeOpt.Cli.Output;
using NativeOpt.Cli.Report.Charts;

namespace NativeOpt.Cli.Commands;

/// <summary>What `nativeopt lr-find` does once its settings are known.</summary>
internal static class LearningRateAction
{
    private const string Picture = "lr-find.svg", Table = "lr-find.csv";
    private const int Rows = 21;

    /// <returns>The exit code.</returns>
    /// <exception cref="InputException">The folder, the data or the settings cannot be used.</exception>
    public static int Run(FinderSettings settings, Terminal terminal)
    {
        using OutputFolder? folder = settings.Output is { } output ? OutputFolder.Open(output, "--output", Picture, Table) : null;
        Preparation.Of(settings.Model.Backend, settings.Threads);
        LearningRateCurve curve = Find(settings);
        folder?.Add(Picture, FinderPicture.Draw(curve));
        folder?.Add(Table, "learning_rate,loss\n" + string.Concat(
            curve.LearningRates.Zip(curve.Losses, (rate, loss) => string.Create(CultureInfo.InvariantCulture, $"{rate:R},{loss:R}\n"))));
        folder?.Commit();
        if (settings.Json)
            terminal.Output.WriteLine(JsonText.Write(ToJson(curve)));
        else
            WriteText(settings, curve, terminal.Output);
        return ExitCode.Success;
    }

    private static LearningRateCurve Find(FinderSettings settings)
    {
        LoadedData data = DataLoader.Load(settings.Data);
        var builder = new NetworkBuilder(settings.Model, data);
        Preprocessing preprocessing = Preprocessing.Fit(data, settings.Scale, validationSplit: 0, []) with { OneHot = builder.IsOneHot };
        InMemoryDataset rows = preprocessing.Apply(data.Train);
        using Sequential model = builder.Build(rows);
        return settings.Finder.Run(model, rows, settings.BatchSize);
    }

    private static JsonObject ToJson(LearningRateCurve curve) => new()
    {
        ["suggestion"] = Finite(curve.Suggestion),
        ["lowestLossRate"] = Finite(curve.LowestLossRate),
        ["learningRates"] = new JsonArray([.. curve.LearningRates.Select(Finite)]),
        ["losses"] = new JsonArray([.. curve.Losses.Select(Finite)]),
    };

    // JSON has no NaN: there may be no suggestion.
    private static JsonNode? Finite(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    /// <summary>The losses at some rates, each with a bar as long as it is large, and what follows from them.</summary>
    private static void WriteText(FinderSettings settings, LearningRateCurve curve, TextWriter writer)
    {
        const int barLength = 40;
        double largest = curve.Losses.Count == 0 ? 0 : curve.Losses.Max();
        writer.WriteLine("rate      loss");
        int last = curve.Losses.Count - 1;
        IEnumerable<int> shown = Enumerable.Range(0, Rows).Select(row => (int)Math.Round((double)last * row / (Rows - 1))).Distinct();
        foreach (int i in shown.Where(i => i >= 0))
            writer.WriteLine($"{Short(curve.LearningRates[i]),-8}  {NumberText.LossText(curve.Losses[i]),-8} "
                + new string('#', largest > 0 ? (int)Math.Round(barLength * curve.Losses[i] / largest) : 0));
        writer.WriteLine();
        writer.WriteLine(double.IsNaN(curve.Suggestion)
            ? "no suggestion: the loss never fell; --from a smaller rate, or another network"
            : $"suggestion: {Short(curve.Suggestion)}, where the loss falls fastest; it is lowest at "
                + $"{Short(curve.LowestLossRate)}, which is too much");
        if (settings.Output is { } output)
            foreach (string file in (string[])[Picture, Table])
                writer.WriteLine(Path.Combine(output, file));
    }

    private static string Short(double rate) => rate.ToString("0.0e-0", CultureInfo.InvariantCulture);
}
