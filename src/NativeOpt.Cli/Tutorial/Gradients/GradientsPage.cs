using NativeOpt.Cli.Report;
using NativeOpt.Cli.Report.Blocks;
using NativeOpt.Cli.Report.Charts;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Tutorial.Gradients;

/// <summary>What the report on gradients shows.</summary>
internal static class GradientsPage
{
    private static readonly ChartAxis Layer = new("layer, from the inputs on") { Whole = true, Show = Count };

    /// <summary>A sentence for each illness.</summary>
    public static IEnumerable<VerdictSentence> Verdict(IReadOnlyList<GradientsResult> results) => results.Select(result =>
    {
        string[] cured = Labels(result, CureOutcome.Cured), others = [.. result.Cures.Select(run => run.Network.Label).Except(cured)];
        string ratio = Significant(result.Patient.OutputRatio);
        string words = $"{result.Case.Name}: at the first step the gradient of the first layer's outputs is {ratio} times that of the last "
            + $"layer's, and {Share(result.Patient.Accuracy)} of the training rows are right in the end.";
        return new VerdictSentence(words + (cured.Length > 0 ? $" Cured by {Sentences.List(cured)}." : "")
            + (others.Length > 0 ? $" Not cured by {Sentences.List(others)}." : ""));
    });

    /// <summary>A section for each illness, and the doctor's words.</summary>
    public static IEnumerable<ReportSection> Sections(IReadOnlyList<GradientsResult> results)
    {
        foreach (GradientsResult result in results)
        {
            yield return new(result.Case.Name, new TextBlock(Introduce(result.Case)), Table(result),
                new FigureGroup([
                    PerLayer("Gradient of the parameters of each layer", result, layer => layer.GradientNorm),
                    PerLayer("Gradient of the outputs of each layer", result, layer => layer.OutputGradient ?? double.NaN),
                    Losses(result),
                ]),
                new TextBlock("What the training doctor said:"), new FactList(result.Runs.Select(Diagnosis), Wide: true));
        }
    }

    /// <summary>"cured", "learns in spite of it" ...</summary>
    public static string Words(CureOutcome outcome) => outcome switch
    {
        CureOutcome.Cured => "cured",
        CureOutcome.LearnsNevertheless => "learns in spite of it",
        CureOutcome.DoesNotLearn => "gradients well, learns too little",
        _ => "ill",
    };

    private static string[] Labels(GradientsResult result, CureOutcome outcome) =>
        [.. result.Cures.Where(run => run.Outcome == outcome).Select(run => run.Network.Label)];

    private static string Introduce(GradientCase illness) =>
        $"{illness.Patient.Depth} hidden layers of {illness.Patient.Width} units, gradient descent with momentum 0.9 at a rate of "
        + $"{Number(illness.LearningRate)}. Gradients are those that the first weights give, at the first step and before clipping; the "
        + "table has those of the first layer divided by those of the last. A network counts as cured where the doctor does not find "
        + $"{TrainingIllnessName(illness)} and at least {Percent(GradientRun.LearntAccuracy)} of the training rows are right in the end.";

    private static string TrainingIllnessName(GradientCase illness) =>
        illness.Illness == TrainingIllness.VanishingGradients ? "vanishing gradients" : "exploding gradients";

    private static ReportTable Table(GradientsResult result) => new(
        [
            new("Network"), new("Parameters, first / last") { Show = Significant }, new("Outputs, first / last") { Show = Significant },
            new("Loss at the end", Best.Low) { Show = LossText }, new("Train accuracy", Best.High) { Show = Share },
            new("Test accuracy", Best.High) { Show = Share }, new("Outcome") { IsText = true },
        ],
        [.. result.Runs.Select((run, slot) => new TableRow(
            run.Network.Label, run.Ratio, run.OutputRatio, run.Losses[^1], run.Accuracy, run.TestAccuracy,
            new TableCell(double.NaN, Words(run.Outcome), run.Outcome != CureOutcome.Cured)) { Slot = slot })]);

    private static LineChart PerLayer(string title, GradientsResult result, Func<LayerVitals, double> value) => new(
        title, Layer, new ChartAxis("gradient") { Logarithmic = true },
        [.. result.Runs.Select((run, slot) => Series.OverEpochs(run.Network.Label, slot, [.. run.Layers.Select(value)]))]);

    private static LineChart Losses(GradientsResult result) => new(
        "Training loss", ChartAxis.Epoch, ChartAxis.Loss,
        [.. result.Runs.Select((run, slot) => Series.OverEpochs(run.Network.Label, slot, run.Losses))]);

    private static (string Name, string Value) Diagnosis(GradientRun run) =>
        (run.Network.Label, run.Findings.Count == 0 ? "healthy: nothing found" : string.Join(" ", run.Findings));
}
