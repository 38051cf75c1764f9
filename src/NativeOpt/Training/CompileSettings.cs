namespace NativeOpt.Training;

/// <summary>What Compile was given, until the sizes of the model are known.</summary>
internal sealed class CompileSettings
{
    private readonly string[] _metrics;

    public CompileSettings(Optimizer optimizer, bool ownsOptimizer, Loss loss, string[]? metrics)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(loss);
        (Optimizer, OwnsOptimizer, Loss) = (optimizer, ownsOptimizer, loss);
        _metrics = [.. metrics ?? []];
    }

    public Optimizer Optimizer { get; }

    /// <summary>Whether the model made it.</summary>
    public bool OwnsOptimizer { get; }

    public Loss Loss { get; }

    public Objective CreateObjective(Layer lastLayer) => new(Loss, _metrics, lastLayer);
}
