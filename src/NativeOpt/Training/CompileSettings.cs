using NativeOpt.Metrics;

namespace NativeOpt.Training;

/// <summary>What Compile was given, until the sizes of the model are known.</summary>
internal sealed class CompileSettings
{
    private readonly string[] _metrics;
    private readonly bool _ownsOptimizer;

    /// <exception cref="ArgumentException">A metric is null, unknown or given twice.</exception>
    public CompileSettings(Optimizer optimizer, bool ownsOptimizer, Loss loss, string[]? metrics)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(loss);
        _metrics = [.. metrics ?? []];
        Metric.CheckNames(_metrics);
        (Optimizer, _ownsOptimizer, Loss) = (optimizer, ownsOptimizer, loss);
    }

    public Optimizer Optimizer { get; }

    public Loss Loss { get; }

    public Objective CreateObjective(Layer lastLayer, int outputs) => new(Loss, _metrics, lastLayer, outputs);

    /// <summary>Disposes the optimizer if the model made it.</summary>
    public void DisposeOwned()
    {
        if (_ownsOptimizer)
            Optimizer.Dispose();
    }
}
