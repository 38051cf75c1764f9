using NativeOpt.Cli.Report;
using NativeOpt.Cli.Report.Blocks;
using NativeOpt.Cli.Report.Charts;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Tutorial.Inputs;

/// <summary>What the report on inputs shows.</summary>
internal static class InputsPage
{
    /// <summary>A sentence for each verdict.</summary>
    public static IEnumerable<VerdictSentence> Verdict(InputsResult result) => result.Statements.GroupBy(statement => statement.Verdict)
        .OrderBy(group => group.Key).Select(group => new VerdictSentence(
            $"{group.Key.Words()[..1].ToUpperInvariant()}{group.Key.Words()[1..]}: "
            + string.Join("; ", group.Select(statement => $"{statement.Words}, by {statement.Measured.Split(',')[0]}")) + "."));

    /// <summary>Scaling, then depth.</summary>
    public static IEnumerable<ReportSection> Sections(InputsStudy experiment, InputsResult result)
    {
        yield return new("What the tutorials advise",
            new TextBlock($"Supported where it holds with {Verdicts.NeededOf(experiment.Seeds.Count)} of {experiment.Seeds.Count} seeds, "
                + "not supported where the contrary holds with so many."),
            StatementTable(result.Statements));
        yield return new("Raw and standardized inputs",
            new TextBlock(
                "Made-up rows of three classes and 20 columns, each with an offset and a unit of its own that differ up to a hundred "
                + $"times; {experiment.Samples} rows, a quarter of them for the test. Two hidden layers, {experiment.Epochs} epochs of "
                + $"batches of 32, at the rates of the tutorials. Mean and standard deviation of {experiment.Seeds.Count} seeds."),
            ScalingTable(result.Scaling), new FigureGroup([.. result.Scaling.GroupBy(run => run.Optimizer).Select(ScalingChart)]));
        yield return new($"He and Glorot under ReLU and tanh, {InputsStudy.Depth} layers deep",
            new TextBlock(
                "Standardized inputs, gradient descent. A signal is the root of the mean square of what a layer gives before training: "
                + "He's weights keep it under ReLU, which takes half of it away; Glorot's keep it under tanh as long as it is small."),
            DeepTable(result.Deep),
            new FigureGroup([
                new LineChart("Signals before training", new ChartAxis("layer, from the inputs on") { Whole = true, Show = Count },
                    new ChartAxis("signal") { Logarithmic = true },
                    [.. result.Deep.Select((run, slot) => Series.OverEpochs(run.Run.Network.Label, slot, run.Signals))]),
                new LineChart("Training loss", ChartAxis.Epoch, ChartAxis.Loss,
                    [.. result.Deep.Select((run, slot) => Line(run.Run, slot))]),
            ]));
    }

    private static ReportTable StatementTable(IReadOnlyList<InputsStatement> statements) => new(
        [new("Advice"), new("The one advised"), new("The other"), new("Verdict") { IsText = true }],
        [.. statements.Select(statement => new TableRow(
            statement.Words, Cell(statement.First), Cell(statement.Second),
            new TableCell(double.NaN, statement.Verdict.Words(), statement.Verdict == Tutorial.Verdict.NotSupported))
            { Note = statement.Measured })]);

    private static TableCell Cell(Sample sample) => new(sample.Mean, sample.Text(Significant));

    private static ReportTable ScalingTable(IReadOnlyList<InputsRun> runs) => new(
        [
            new("Network"), new("Optimizer") { IsText = true }, new("Inputs") { IsText = true }, new("Train "
                + "loss", Best.Low) { Show = LossText },
            new("Test accuracy", Best.High) { Show = Share },
        ],
        [.. runs.Select(run => new TableRow(
            run.Network.Label, run.Optimizer, Words(run.Preparation), Loss(run), Accuracy(run)) { Slot = SlotOf(runs, run) })]);

    private static ReportTable DeepTable(IReadOnlyList<DeepRun> runs) => new(
        [
            new("Network"), new("Signal of the last layer"), new("Train loss", Best.Low) { Show = LossText },
            new("Test accuracy", Best.High) { Show = Share },
        ],
        [.. runs.Select((run, slot) =>
            new TableRow(run.Run.Network.Label, run.Signals[^1], Loss(run.Run), Accuracy(run.Run)) { Slot = slot })]);

    private static LineChart ScalingChart(IEnumerable<InputsRun> runs) => new(
        $"Training loss, {runs.First().Optimizer}", ChartAxis.Epoch, ChartAxis.Loss,
        [.. runs.Select(run => Line(run, SlotOf(runs, run)) with
        {
            Variant = Words(run.Preparation),
            Dashed = run.Preparation == Preparation.Raw,
        })]);

    private static Series Line(InputsRun run, int slot) =>
        run.Group.OverEpochs(slot, epoch => epoch.Loss) with { Label = run.Network.Label };

    private static int SlotOf(IEnumerable<InputsRun> runs, InputsRun run) =>
        runs.Select(other => other.Network).Distinct().ToList().IndexOf(run.Network);

    private static TableCell Loss(InputsRun run) => new(run.Loss.Mean, run.Loss.Text(LossText), !double.IsFinite(run.Loss.Mean));

    private static TableCell Accuracy(InputsRun run) => new(run.Accuracy.Mean, run.Accuracy.Text(Share));

    private static string Words(Preparation preparation) => preparation == Preparation.Raw ? "raw" : "standardized";
}
