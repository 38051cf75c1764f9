using static NativeOpt.Cli.Tutorial.Claims.AdaptiveClaims;
using static NativeOpt.Cli.Tutorial.Claims.Criterion;

namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>What is said of Adagrad and Adadelta.</summary>
internal static class AdagradClaims
{
    private const string Adagrad = "Adagrad", Adadelta = "Adadelta";

    /// <summary>The claims.</summary>
    public static IReadOnlyList<Claim> All { get; } = [.. OfAdagrad(), .. OfAdadelta()];

    private static IEnumerable<Claim> OfAdagrad() =>
    [
        PerParameter("A, C", Adagrad),
        PerParameter("B", Adagrad, "frequent parameters get smaller rates"),
        Handles("A", Adagrad),
        new("C", Adagrad, true, "good for sparse data", "error on sparse features against gradient descent, at the best rates",
            e => e.SparseAgainstDescent(Adagrad), AtMost(0.8, 1)),
        new("A", Adagrad, true, "quick with few parameters", "place of seven on Iris, mean of usual and best rates",
            e => e.Race.FewWeights.Average(race => race.PlaceOf(Adagrad)), AtMost(3, 4)),
        SlowWhenLarge("A", Adagrad),
        new("A", Adagrad, false, "its rate accumulates and becomes unstable",
            "rate at the end of a training against its beginning, under steady noise; above 1 it grows", e => e.RateLeft(Adagrad),
            AtLeast(1.25, 1)),
        new("C", Adagrad, false, "its rate decays too much", "rate at the end of a training against its beginning, under steady noise",
            e => e.RateLeft(Adagrad), AtMost(0.5, 0.9)),
    ];

    private static IEnumerable<Claim> OfAdadelta() =>
    [
        new("A", Adadelta, true, "fewer settings than the others", "share of the other rules that have more settings",
            _ => StateMeasure.ShareOfOthers(Adadelta, other => StateMeasure.SettingCount(other) > StateMeasure.SettingCount(Adadelta)),
            AtLeast(0.75, 0.25)),
        Handles("A", Adadelta),
        Quick("A", Adadelta),
        Sensitive("A", Adadelta),
        SlowWhenLarge("A", Adadelta),
        new("B", Adadelta, true, "its rate does not vanish as Adagrad's does",
            "rate at the end of a training against its beginning, divided by the same of Adagrad",
            e => e.RateLeft(Adadelta) / e.RateLeft(Adagrad), AtLeast(2, 1.1)),
    ];
}
