using NativeOpt.Cli.Report;
using NativeOpt.Cli.Report.Blocks;
using NativeOpt.Cli.Report.Charts;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Tutorial.Overfitting;

/// <summary>What the report on overfitting shows.</summary>
internal static class OverfittingPage
{
    /// <summary>As many as fit beside each other; results.json has more.</summary>
    private static readonly (TableColumn Head, Func<OverfittingRun, double> Value, Func<double, string> Show)[] Columns =
    [
        (new("Validation loss", Best.Low), run => run.Last.ValidationLoss, LossText),
        (new("Gap in loss"), run => run.Last.LossGap, LossText),
        (new("Gap in accuracy"), run => run.Last.AccuracyGap, Share),
        (new("Test accuracy", Best.High), run => run.TestAccuracy, Share),
    ];

    /// <summary>What the untreated network did, and what helped.</summary>
    public static IEnumerable<VerdictSentence> Verdict(IReadOnlyList<RemedyResult> results)
    {
        RemedyResult untreated = results[0];
        int overfitted = untreated.Runs.Count(run => run.Overfits);
        yield return new(
            $"With nothing against it the network gets {Share(untreated.Of(run => run.Last.Accuracy).Mean)} of its training rows right, "
            + $"the wrong ones among them, and its validation loss ends at {LossText(untreated.Of(run => run.Last.ValidationLoss).Mean)} "
            + $"after {LossText(untreated.Of(run => run.BestValidationLoss).Mean)} at its best: it overfits with {overfitted} of "
            + $"{untreated.Runs.Count} seeds.");
        RemedyResult best = results.Skip(1).MinBy(result => result.Of(run => run.Last.ValidationLoss).Mean)!;
        yield return new($"The lowest validation loss has {best.Remedy.Label}: {LossText(best.Of(run => run.Last.ValidationLoss).Mean)}, "
            + $"and a test accuracy of {Share(best.Of(run => run.TestAccuracy).Mean)} instead of "
            + $"{Share(untreated.Of(run => run.TestAccuracy).Mean)}.");
    }

    /// <summary>The gap table and the curves.</summary>
    public static IEnumerable<ReportSection> Sections(OverfittingStudy experiment, IReadOnlyList<RemedyResult> results)
    {
        yield return new("The gap",
            new TextBlock(
                $"{experiment.TrainRows} training rows, {Percent(OverfittingStudy.WrongShare)} of them under a wrong class, and a "
                + $"network of {string.Join(" and ", experiment.Hidden)} hidden units, trained with Adam. Validation and test rows are "
                + "all under their right class. Losses are without penalties and with nothing dropped, of the network that is left: "
                + $"after early stopping that of the best epoch. Mean and standard deviation of {experiment.Seeds} seeds.",
                $"A remedy helps where the validation loss is lower than without it, with {Verdicts.NeededOf(experiment.Seeds)} of "
                + $"{experiment.Seeds} seeds. Rows with a wrong class count as errors in the training accuracy of a network that has not "
                + "learnt them: that is as it should be."),
            Table(results));
        yield return new("Learning curves", new TextBlock("Of the first seed. Early stopping goes along with the untreated network until "
            + "it ends."), new FigureGroup([
            Chart("Loss", ChartAxis.Loss, results, epoch => epoch.Loss, epoch => epoch.ValidationLoss),
            Chart("Accuracy", ChartAxis.Accuracy, results, epoch => epoch.Accuracy, epoch => epoch.ValidationAccuracy),
        ]));
        yield return new("Gap between validation and training loss", new FigureGroup([
            new LineChart("Gap in loss", ChartAxis.Epoch, new ChartAxis("validation loss minus training loss") { Show = LossText },
                [.. results.Select((result, slot) =>
                    Series.OverEpochs(result.Remedy.Label, slot, [.. result.Runs[0].Epochs.Select(epoch => epoch.LossGap)]))]),
        ]));
    }

    private static ReportTable Table(IReadOnlyList<RemedyResult> results) => new(
        [new("Remedy"), .. Columns.Select(column => column.Head), new("Helps") { IsText = true }],
        [.. results.Select((result, slot) => new TableRow(
        [
            result.Remedy.Label,
            .. Columns.Select(column => Cell(result.Of(column.Value), column.Show)),
            slot == 0 ? TableCell.None : $"{result.Better} of {result.Runs.Count}: {HelpWords(result.Verdict)}",
        ]) { Slot = slot })]);

    private static TableCell Cell(Sample sample, Func<double, string> show) => new(sample.Mean, sample.Text(show));

    private static string HelpWords(Verdict verdict) => verdict switch
    {
        Tutorial.Verdict.Supported => "helps",
        Tutorial.Verdict.NotSupported => "does not help",
        _ => "depends",
    };

    private static LineChart Chart(string title, ChartAxis axis, IReadOnlyList<RemedyResult> results,
        Func<EpochGap, double> train, Func<EpochGap, double> validation) => new(title, ChartAxis.Epoch, axis,
        [.. results.SelectMany((result, slot) => new[]
        {
            Series.OverEpochs(result.Remedy.Label, slot, [.. result.Runs[0].Epochs.Select(train)]) with { Variant = "training" },
            Series.OverEpochs(result.Remedy.Label, slot, [.. result.Runs[0].Epochs.Select(validation)])
                with { Variant = "validation", Dashed = true },
        })]);
}
