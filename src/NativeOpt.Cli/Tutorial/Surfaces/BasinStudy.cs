using NativeOpt.Data;

namespace NativeOpt.Cli.Tutorial.Surfaces;

/// <summary>
/// Local minima: from random places of the surface with four wells, how often is the lowest one found? Noise is what a mini-batch adds to
/// a gradient; it fades over the first two thirds of the path, as it does where a learning rate falls.
/// </summary>
/// <param name="Starts">Random places.</param>
/// <param name="Steps">Steps from each of them.</param>
/// <param name="Seed">Decides places and noise.</param>
/// <param name="Backend">What computes.</param>
internal sealed record BasinStudy(int Starts, int Steps, long Seed, BackendKind Backend)
{
    /// <summary>Of the order of the slopes between the wells.</summary>
    public const double Noise = 60;

    private static readonly Surface Wells = TestSurfaces.Wells;

    /// <summary>Rates at which each optimizer comes to a minimum from nearly everywhere, and survives the noise.</summary>
    private static readonly (string Optimizer, double Rate)[] Rates =
    [
        ("SGD", 0.02), ("Momentum", 0.003), ("Nesterov", 0.003), ("Adagrad", 1), ("Adadelta", 3), ("RMSprop", 0.1), ("Adam", 0.3),
    ];

    /// <summary>Random starts with every optimizer, without noise and with it.</summary>
    public IReadOnlyList<BasinRow> RunAll(CancellationToken cancellation)
    {
        var rows = new List<BasinRow>();
        foreach ((string optimizer, double rate) in Rates)
        {
            cancellation.ThrowIfCancellationRequested();
            rows.Add(Run(optimizer, TutorialOptimizer.Of(optimizer).At(rate), noise: 0));
            rows.Add(Run(optimizer, TutorialOptimizer.Of(optimizer).At(rate), Noise));
        }
        return rows;
    }

    /// <summary>Random starts with one optimizer.</summary>
    /// <param name="optimizer">The name for the result.</param>
    /// <param name="rule">What steps.</param>
    /// <param name="noise">Standard deviation of the noise on each number of the gradient.</param>
    public BasinRow Run(string optimizer, OptimizerRule rule, double noise)
    {
        var descent = new SurfaceDescent(Steps, Backend);
        var places = new RandomSequence(Seed, stream: 0);
        var deviates = new RandomSequence(Seed, stream: 1);
        int lowest = 0, lost = 0;
        for (int i = 0; i < Starts; i++)
        {
            var start = new PlanePoint(places.NextBetween(Wells.Low.X, Wells.High.X), places.NextBetween(Wells.Low.Y, Wells.High.Y));
            DescentPath path = descent.Follow(Wells, optimizer, rule, start, noise > 0 ? Fading(noise, deviates) : null);
            lost += path.End == PathEnd.Diverged ? 1 : 0;
            lowest += path.End != PathEnd.Diverged && Wells.NearestMinimum(path.Last) == Wells.Minima[0] ? 1 : 0;
        }
        return new BasinRow(optimizer, rule.LearningRate.InitialValue, noise, Starts, lowest, lost);
    }

    private Func<PlanePoint> Fading(double noise, RandomSequence deviates)
    {
        int step = 0;
        return () =>
        {
            double left = noise * Math.Max(0, 1 - 1.5 * step++ / Steps);
            return new PlanePoint(left * deviates.NextNormal(), left * deviates.NextNormal());
        };
    }
}
