using NativeOpt.Metrics;

namespace NativeOpt.Training;

/// <summary>What Compile was given, until the sizes of the model are known.</summary>
internal sealed class CompileSettings
{
    private readonly Metric[] _metrics;
    private readonly bool _ownsOptimizer;

    /// <exception cref="ArgumentException">A metric is null or given twice, or settings of the loss contradict each other.</exception>
    public CompileSettings(Optimizer optimizer, bool ownsOptimizer, Loss loss, Metric[] metrics)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(loss);
        loss.Check();
        for (int i = 0; i < metrics.Length; i++)
        {
            if (Array.FindIndex(metrics, metric => metric.Name == metrics[i].Name) < i)
                throw new ArgumentException($"metric '{metrics[i].Name}' is there twice", nameof(metrics));
        }
        (Optimizer, _ownsOptimizer, Loss, _metrics) = (optimizer, ownsOptimizer, loss, metrics);
    }

    public Optimizer Optimizer { get; }

    public Loss Loss { get; }

    public IReadOnlyList<Metric> Metrics => _metrics;

    /// <summary>Metrics by name.</summary>
    /// <exception cref="ArgumentException">A name is null or unknown.</exception>
    public static Metric[] FromNames(string[]? metrics) =>
        [.. (metrics ?? []).Select((name, i) => name is null ? throw IsNull(i) : MetricNamed(name))];

    /// <summary>A copy of a list of metrics.</summary>
    /// <exception cref="ArgumentException">One is null.</exception>
    public static Metric[] Require(Metric[] metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        int missing = Array.IndexOf(metrics, null);
        return missing < 0 ? [.. metrics] : throw IsNull(missing);
    }

    public Objective CreateObjective(Layer lastLayer, int outputs) => new(Loss, _metrics, lastLayer, outputs);

    /// <summary>Disposes the optimizer if the model made it.</summary>
    public void DisposeOwned()
    {
        if (_ownsOptimizer)
            Optimizer.Dispose();
    }

    private static Metric MetricNamed(string name) => MetricNames.Create(name, "metrics");

    private static ArgumentException IsNull(int index, string parameterName = "metrics") => new($"metrics[{index}] is null", parameterName);
}
