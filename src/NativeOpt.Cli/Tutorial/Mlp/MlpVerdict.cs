using NativeOpt.Cli.Report;
using NativeOpt.Cli.Tutorial.Trials;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Tutorial.Mlp;

/// <summary>What the numbers say, in words.</summary>
internal static class MlpVerdict
{
    /// <summary>
    /// What scikit-learn's MLPClassifier with 100 hidden units reaches: the benchmark of the data set's authors (Xiao, Rasul and
    /// Vollgraf 2017, https://arxiv.org/abs/1708.07747, table 3).
    /// </summary>
    private const double Published = 0.871;

    public static IEnumerable<VerdictSentence> Of(MlpResults results)
    {
        TrialGroup group = results.Group;
        if (group.Diverged)
        {
            yield return new("The training diverged: the loss was no longer a number.", IsWarning: true);
            yield break;
        }
        double test = group.Mean(trial => trial.TestAccuracy), seconds = group.Mean(trial => trial.Seconds);
        int epochs = group.Trials[0].Epochs.Count;
        string seeds = group.Trials.Count == 1 ? "" : $" on average of {group.Trials.Count} seeds";
        yield return new($"After {(epochs == 1 ? "1 epoch" : $"{epochs} epochs")} and {Seconds(seconds)} of training the network "
            + $"classified {Share(test)} of the {Count(results.Data.Test.Count)} test pictures correctly{seeds}. {Compare(results, test)}");
        yield return new($"{Fit(group, test)} {Classes(results.Classes)}");
    }

    private static string Compare(MlpResults results, double test) => results.TrainRows < results.Data.Train.Count
        ? $"It has seen {Count(results.TrainRows)} of the {Count(results.Data.Train.Count)} training pictures; with all of them it gets "
            + "further."
        : $"The authors of the data got {Share(Published)} with a hidden layer of 100 units, {Share(Math.Abs(test - Published))} "
            + (test >= Published ? "less." : "more.");

    private static string Fit(TrialGroup group, double test)
    {
        double train = group.Mean(trial => trial.Last.Accuracy);
        double[] losses = group.MeanCurve(epoch => epoch.ValLoss);
        int best = Array.IndexOf(losses, losses.Min()) + 1;
        string turn = best == losses.Length
            ? "the test loss was still falling in the last epoch"
            : $"the test loss was lowest after epoch {best}, and higher at the end";
        return $"On the training pictures it was right in {Share(train)}, {Share(Math.Abs(train - test))} "
            + $"{(train >= test ? "more" : "less")} than on the test pictures; {turn}.";
    }

    private static string Classes(IReadOnlyList<ClassResult> classes)
    {
        ClassResult worst = classes.MinBy(c => c.Recall)!, best = classes.MaxBy(c => c.Recall)!;
        string confusion = worst.Confusion is { } other ? $", most often taken for {other}" : "";
        return $"Easiest was {best.Name} ({Share(best.Recall)}), hardest {worst.Name} ({Share(worst.Recall)}){confusion}.";
    }
}
