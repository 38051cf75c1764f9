using NativeOpt.Cli.Report;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Tutorial.Cifar;

/// <summary>What the numbers say, in words.</summary>
internal static class CifarVerdict
{
    /// <summary>
    /// A test accuracy has a standard error of sqrt(p (1 - p) / n); settings that are closer than two of them are as good.
    /// </summary>
    private const double StandardErrors = 2;

    public static IEnumerable<VerdictSentence> Of(CifarResults results)
    {
        CifarRun best = results.Best;
        if (!best.Trial.Diverged)
            yield return new($"{Chosen(results, best)} {Others(results, best)}");
        if (!best.Trial.Diverged)
            yield return new($"{Rates(results)} {Factors(results, best)}");
        CifarRun[] diverged = [.. results.Runs.Where(run => run.Trial.Diverged)];
        if (diverged.Length > 0)
            yield return new($"{diverged.Length} of the {results.Runs.Count} trainings diverged: "
                + Sentences.List([.. diverged.Select(run => $"{run.Setting.Optimizer} at {Number(run.Setting.Rate)}").Distinct()]) + ".",
                IsWarning: true);
    }

    /// <summary>How much data there were, and what is known of dense networks on them.</summary>
    public static IEnumerable<string> Honesty(CifarResults results)
    {
        int all = Datasets.Cifar10.TrainingPictures;
        yield return results.TrainRows + results.ValidationRows >= all
            ? $"All {Count(all)} training pictures were used, {Count(results.ValidationRows)} of them held out to choose by."
            : $"Trained on {Count(results.TrainRows)} of the {Count(all)} training pictures of CIFAR-10; {Count(results.ValidationRows)} "
                + "more were held out to choose by. The accuracies are those of so few pictures: with all of them "
                + $"(--rows {all}) they are higher.";
        yield return "A dense layer does not know which pixels are neighbours. Dense networks like this one reach between 50% and 60% "
            + "with all pictures; Lin, Memisevic and Konda (2015, arXiv 1511.02580) got about 70% with linear bottleneck layers and "
            + "pretraining, and 78% with distorted copies of the pictures. Networks of convolutions get beyond 95%. Guessing gives "
            + $"{Share(results.Guessing)}.";
    }

    private static string Chosen(CifarResults results, CifarRun best) =>
        $"Chosen by the held-out pictures: {best.Setting.Label}. It classified {Share(best.Trial.TestAccuracy)} of the "
        + $"{Count(results.Data.Test.Count)} test pictures correctly, after training on {Count(results.TrainRows)}.";

    private static string Others(CifarResults results, CifarRun best)
    {
        CifarRun[] others = [.. results.BestOfEach.Where(run => run != best && !run.Trial.Diverged)];
        double error = StandardErrors * Math.Sqrt(best.Trial.TestAccuracy * (1 - best.Trial.TestAccuracy) / results.Data.Test.Count);
        double Lead(CifarRun other) => best.Trial.TestAccuracy - other.Trial.TestAccuracy;
        string list = Sentences.List([.. others.Select(
            other => $"{other.Setting.Optimizer} {Share(other.Trial.TestAccuracy)} at {Number(other.Setting.Rate)}")]);
        string near = Names(others.Where(other => Math.Abs(Lead(other)) <= error)), ahead = Names(others.Where(o => Lead(o) < -error));
        return $"The best of the others: {list}."
            + (near.Length == 0 ? "" : $" By so many test pictures {near} cannot be told from it (differences below {Share(error)}).")
            + (ahead.Length == 0 ? "" : $" On the test pictures {ahead} did better than the one that was chosen.");
    }

    private static string Names(IEnumerable<CifarRun> runs) => Sentences.List([.. runs.Select(run => run.Setting.Optimizer)]);

    private static string Rates(CifarResults results) => "The best learning rate depends on the optimizer: "
        + Sentences.List([.. results.BestOfEach.Where(run => !run.Trial.Diverged)
            .Select(run => $"{Number(run.Setting.Rate)} for {run.Setting.Optimizer}")]) + ".";

    /// <summary>How far the test accuracy of the best optimizer goes apart with each factor.</summary>
    private static string Factors(CifarResults results, CifarRun best)
    {
        string optimizer = best.Setting.Optimizer;
        (string Name, double Width)[] widths =
        [
            ("learning rate", By(results.Grid.Rates.Select(rate => results.Level(
                optimizer, s => s.Rate == rate, (s, anchor) => s with { Rate = anchor.Rate })))),
            ("batch size", By(results.Grid.BatchSizes.Select(size => results.Level(
                optimizer, s => s.BatchSize == size, (s, anchor) => s with { BatchSize = anchor.BatchSize })))),
            ("first weights", By(results.Grid.Initializers.Select(initializer => results.Level(
                optimizer, s => s.Initializer == initializer, (s, anchor) => s with { Initializer = anchor.Initializer })))),
        ];
        return $"With {optimizer} the test accuracy differed most with the {widths.MaxBy(w => w.Width).Name}: "
            + Sentences.List([.. widths.Select(w => $"{Share(w.Width)} by {w.Name}")]) + ".";

        double By(IEnumerable<IReadOnlyList<CifarRun>> levels) => Width(levels, results.Guessing);
    }

    /// <summary>Between the best and the worst level; a diverged one counts as guessing.</summary>
    private static double Width(IEnumerable<IReadOnlyList<CifarRun>> levels, double guessing)
    {
        double[] best = [.. levels.Where(level => level.Count > 0).Select(level => level.Max(run =>
            run.Trial.Diverged ? guessing : run.Trial.TestAccuracy))];
        return best.Max() - best.Min();
    }
}
