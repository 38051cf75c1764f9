using NativeOpt.Cli.Tutorial.Surfaces;
using NativeOpt.Data;

namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>What the optimizers do on surfaces, under one seed.</summary>
internal sealed class LandscapeMeasures
{
    /// <summary>Share of random starts that end in the lowest of four wells, without noise and with it.</summary>
    public required IReadOnlyDictionary<string, (double Still, double Noisy)> LowestWell { get; init; }

    /// <summary>Steps to the minimum beside a saddle, at the rate that suits each best.</summary>
    public required IReadOnlyDictionary<string, int> SaddleSteps { get; init; }

    /// <summary>Steps of gradient descent at its best rate: in a bowl and in Rosenbrock's valley.</summary>
    public required (int Bowl, int Valley) DescentSteps { get; init; }

    /// <summary>Length of the path in the bowl divided by the distance, at the same rate, for momentum and Nesterov.</summary>
    public required (double Momentum, double Nesterov) Detour { get; init; }

    /// <summary>Measures everything.</summary>
    public static LandscapeMeasures Of(ClaimsSettings settings, long seed)
    {
        int steps = settings.Pick(5000, 300);
        var descent = new SurfaceDescent(steps, settings.Backend);
        var random = new RandomSequence(seed, stream: 0);
        Surface saddle = TestSurfaces.Saddle with { Start = new(random.NextBetween(0.5, 1), random.NextBetween(0.0005, 0.002)) };
        Surface bowl = TestSurfaces.Bowl with { Start = new(random.NextBetween(-4, -3), random.NextBetween(0.5, 1.5)) };
        Surface valley = TestSurfaces.Rosenbrock with { Start = new(random.NextBetween(-1.4, -1), random.NextBetween(0.8, 1.2)) };
        var basins = new BasinStudy(settings.Pick(100, 12), settings.Pick(500, 100), seed, settings.Backend);
        return new LandscapeMeasures
        {
            LowestWell = basins.RunAll(CancellationToken.None).GroupBy(row => row.Optimizer).ToDictionary(
                rows => rows.Key, rows => (rows.Single(row => row.Noise == 0).Share, rows.Single(row => row.Noise > 0).Share)),
            SaddleSteps = TutorialOptimizer.All.ToDictionary(optimizer => optimizer.Name, optimizer => StepsOn(saddle, optimizer.Name)),
            DescentSteps = (StepsOn(bowl, "SGD"), StepsOn(valley, "SGD")),
            Detour = (DetourOf(bowl, "Momentum"), DetourOf(bowl, "Nesterov")),
        };

        int StepsOn(Surface surface, string optimizer) =>
            descent.FollowBest(surface, TutorialOptimizer.Of(optimizer), SurfacesStudy.AllRates).ArrivedAt ?? steps;

        double DetourOf(Surface surface, string optimizer)
        {
            DescentPath path = descent.Follow(surface, optimizer, TutorialOptimizer.Of(optimizer).At(0.03));
            return path.Points.Zip(path.Points.Skip(1), (from, to) => (to - from).Length).Sum() / (path.Last - path.Points[0]).Length;
        }
    }
}
