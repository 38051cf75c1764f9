using BenchmarkDotNet.Attributes;

namespace NativeOpt.Benchmarks;

/// <summary>One optimizer step on one array of the caller's, prologue included.</summary>
public class OptimizerStepBenchmarks
{
    private float[] _weights = [];
    private float[] _gradients = [];
    private Optimizer? _managed;
    private Optimizer? _native;

    /// <summary>Elements of the array.</summary>
    [ParamsSource(nameof(Counts))]
    public int Count { get; set; }

    /// <summary>The rule, by the name the command line uses.</summary>
    [Params("sgd", "momentum", "nesterov", "rmsprop", "adam")]
    public string Rule { get; set; } = "";

    /// <summary>Sizes: in the first-level cache, in the second, and in memory.</summary>
    public static IEnumerable<int> Counts =>
        ShortConfig.IsFull ? [1_000, 10_000, 100_000, 1_000_000, 10_000_000] : [1_000, 100_000, 10_000_000];

    /// <summary>Fills the arrays and opens an optimizer on each backend.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _weights = new float[Count];
        _gradients = new float[Count];
        for (int i = 0; i < Count; i++)
        {
            _weights[i] = random.NextSingle() - 0.5f;
            _gradients[i] = random.NextSingle() - 0.5f;
        }
        _managed = new Optimizer(CreateRule(Rule), BackendKind.Managed);
        _native = new Optimizer(CreateRule(Rule), BackendKind.Native);
    }

    /// <summary>Releases the slots.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        _managed?.Dispose();
        _native?.Dispose();
    }

    /// <summary>The reference in C#.</summary>
    [Benchmark(Baseline = true)]
    public void Managed() => _managed!.Step(_weights, _gradients);

    /// <summary>The core.</summary>
    [Benchmark]
    public void Native() => _native!.Step(_weights, _gradients);

    // The rate is tiny so that a million steps on the same gradient stay in range: it does not change the work.
    private static OptimizerRule CreateRule(string name) => name switch
    {
        "sgd" => new Sgd { LearningRate = 1e-9 },
        "momentum" => new Sgd { LearningRate = 1e-9, Momentum = 0.9 },
        "nesterov" => new Sgd { LearningRate = 1e-9, Momentum = 0.9, Nesterov = true },
        "rmsprop" => new RMSprop { LearningRate = 1e-9 },
        "adam" => new Adam { LearningRate = 1e-9 },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "unknown rule"),
    };
}
