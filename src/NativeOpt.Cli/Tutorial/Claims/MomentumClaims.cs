using static NativeOpt.Cli.Tutorial.Claims.Criterion;

namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>What is said of momentum and of Nesterov's form of it.</summary>
internal static class MomentumClaims
{
    private const string Momentum = "Momentum", Nesterov = "Nesterov";

    /// <summary>The claims.</summary>
    public static IReadOnlyList<Claim> All { get; } =
    [
        new("B, C, D", Momentum, true, "faster than plain gradient descent", "share of twelve races in which its loss falls sooner",
            e => e.Race.ShareFaster(Momentum, "SGD"), AtLeast(0.75, 0.25)),
        new("D", Momentum, true, "picks up speed where gradients agree",
            "moved by a unit of gradient, against the same rate without momentum", e => e.Arrays.Usual[Momentum].LateRate
                / e.Arrays.Usual["SGD"].LateRate, AtLeast(1.5, 1.1)),
        new("C", Momentum, true, "smoother", "cosine of the angle between two updates under noise, minus that of gradient descent",
            e => e.Arrays.Usual[Momentum].Smoothness - e.Arrays.Usual["SGD"].Smoothness, AtLeast(0.25, 0)),
        new("C", Momentum, false, "its share must be tuned", "test accuracy that is lost by a momentum of 0 or 0.99, at the best rate",
            e => e.Scan.MemorySensitivity(Momentum), AtLeast(0.05, 0.02)),
        new("C", Momentum, true, "helps out of local minima",
            "share of random starts that find the lowest of four wells, minus that of gradient descent; both with noise",
            e => e.Landscape.LowestWell[Momentum].Noisy - e.Landscape.LowestWell["SGD"].Noisy, AtLeast(0.05, 0)),
        new("C", Momentum, true, "helps over saddle points", "steps past a saddle against gradient descent, at the best rates",
            e => (double)e.Landscape.SaddleSteps[Momentum] / e.Landscape.SaddleSteps["SGD"], AtMost(0.5, 1)),
        new("B", Nesterov, true, "better than classical momentum", "share of twelve races in which its loss falls sooner",
            e => e.Race.ShareFaster(Nesterov, Momentum), AtLeast(0.75, 0.25)),
        new("C", Nesterov, true, "precise updates", "detour of its path in a narrow bowl against that of momentum, at the same rate",
            e => e.Landscape.Detour.Nesterov / e.Landscape.Detour.Momentum, AtMost(0.9, 1)),
        new("C", Nesterov, false, "slightly more complex", "settings more than momentum",
            _ => StateMeasure.SettingCount(Nesterov) - StateMeasure.SettingCount(Momentum), AtLeast(1)),
    ];
}
