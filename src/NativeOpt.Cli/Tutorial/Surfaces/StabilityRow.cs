namespace NativeOpt.Cli.Tutorial.Surfaces;

/// <summary>What gradient descent did near a minimum at a rate near its limit.</summary>
/// <param name="Surface">Name of the surface.</param>
/// <param name="Optimizer">Its name.</param>
/// <param name="Curvature">L, the largest second derivative at the minimum.</param>
/// <param name="Limit">The largest stable rate times L: 2 for gradient descent, 2 (1 + mu) with momentum mu.</param>
/// <param name="RateTimesCurvature">The rate times L.</param>
/// <param name="Growth">Distance to the minimum after all steps, divided by that of the start; infinite where it was left for good.</param>
internal sealed record StabilityRow(
    string Surface, string Optimizer, double Curvature, double Limit, double RateTimesCurvature, double Growth)
{
    /// <summary>The rate.</summary>
    public double LearningRate => RateTimesCurvature / Curvature;

    /// <summary>What theory says.</summary>
    public bool ShouldConverge => RateTimesCurvature < Limit;

    /// <summary>What happened. Away from the minimum a surface is no quadratic, and what leaves it may go around it for ever.</summary>
    public bool Converged => Growth < 1;
}
