namespace NativeOpt.Cli.Tutorial.Surfaces;

/// <summary>Lets the optimizers of the library walk over surfaces: two weights in an array, and <c>Optimizer.Step</c> on it.</summary>
/// <param name="steps">Steps of a path.</param>
/// <param name="backend">What computes the steps.</param>
internal sealed class SurfaceDescent(int steps, BackendKind backend)
{
    /// <summary>So far from the start counts as gone, in heights of the picture.</summary>
    private const double Gone = 1000;

    /// <summary>One path.</summary>
    /// <param name="surface">Where.</param>
    /// <param name="optimizer">Its name, for the result.</param>
    /// <param name="rule">What steps.</param>
    /// <param name="start">Where it begins; null: where the surface says.</param>
    /// <param name="noise">Added to the gradient of each step, as a mini-batch does; null: nothing.</param>
    public DescentPath Follow(
        Surface surface, string optimizer, OptimizerRule rule, PlanePoint? start = null, Func<PlanePoint>? noise = null)
    {
        PlanePoint at = start ?? surface.Start;
        double limit = Gone * (surface.High - surface.Low).Length;
        var points = new List<PlanePoint>(steps + 1) { at };
        using var stepper = new Optimizer(rule, backend);
        float[] weights = [(float)at.X, (float)at.Y], gradient = new float[2];
        bool diverged = false;
        for (int i = 0; i < steps && !diverged; i++)
        {
            PlanePoint slope = surface.Gradient(at) + (noise?.Invoke() ?? default);
            (gradient[0], gradient[1]) = ((float)slope.X, (float)slope.Y);
            stepper.Step(weights, gradient);
            at = new PlanePoint(weights[0], weights[1]);
            diverged = !(at.Length < limit);
            if (!diverged)
                points.Add(at);
        }
        return DescentPath.Of(surface, optimizer, rule.LearningRate.InitialValue, points, diverged);
    }

    /// <summary>The path at the rate that suits the surface best: the first to arrive, or else the one that comes lowest.</summary>
    public DescentPath FollowBest(Surface surface, TutorialOptimizer optimizer, IEnumerable<double> rates) => rates
        .Select(rate => Follow(surface, optimizer.Name, optimizer.At(rate)))
        .OrderBy(path => path.FoundLowest ? 0 : 1).ThenBy(path => path.ArrivedAt ?? int.MaxValue).ThenBy(path => path.Excess).First();
}
