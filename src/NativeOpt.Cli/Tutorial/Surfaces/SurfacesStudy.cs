namespace NativeOpt.Cli.Tutorial.Surfaces;

/// <summary>Everything the experiment shows.</summary>
/// <param name="Paths">The best path of each optimizer on each surface.</param>
/// <param name="Stability">Rates around 2/L.</param>
/// <param name="Basins">Where random starts end, without and with noise.</param>
internal sealed record SurfacesResult(
    IReadOnlyList<DescentPath> Paths, IReadOnlyList<StabilityRow> Stability, IReadOnlyList<BasinRow> Basins);

/// <summary>Surfaces: saddle points, local minima and learning rates, walked over by the optimizers of the library.</summary>
/// <param name="Quick">Fewer steps, rates and starts.</param>
/// <param name="Seed">Decides random starts and noise.</param>
/// <param name="Backend">What computes the steps.</param>
internal sealed record SurfacesStudy(bool Quick, long Seed, BackendKind Backend)
{
    /// <summary>Steps of a path.</summary>
    public int Steps => Quick ? 300 : 2000;

    /// <summary>The rates of which each optimizer gets the one that suits it.</summary>
    public static IReadOnlyList<double> AllRates { get; } = [10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001];

    /// <summary>Those that are tried here.</summary>
    public IReadOnlyList<double> Rates => Quick ? [1, 0.1, 0.01, 0.001] : AllRates;

    /// <summary>Walks all paths.</summary>
    public SurfacesResult Run(ExperimentProgress progress, CancellationToken cancellation)
    {
        progress.Plan(TestSurfaces.All.Count + 2);
        var descent = new SurfaceDescent(Steps, Backend);
        var paths = new List<DescentPath>();
        foreach (Surface surface in TestSurfaces.All)
        {
            foreach (TutorialOptimizer optimizer in TutorialOptimizer.All)
            {
                cancellation.ThrowIfCancellationRequested();
                paths.Add(descent.FollowBest(surface, optimizer, Rates));
            }
            progress.Done(surface.Name);
        }
        IReadOnlyList<StabilityRow> stability = StabilityStudy.Run(Backend);
        progress.Done("rates below and above 2/L");
        var basins = new BasinStudy(Quick ? 16 : 100, Quick ? 150 : 500, Seed, Backend);
        IReadOnlyList<BasinRow> wells = basins.RunAll(cancellation);
        progress.Done("random starts");
        return new SurfacesResult(paths, stability, wells);
    }
}
