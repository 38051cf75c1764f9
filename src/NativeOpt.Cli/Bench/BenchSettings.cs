namespace NativeOpt.Cli.Bench;

/// <summary>What `nativeopt bench` measures, and for how long.</summary>
internal sealed record BenchSettings
{
    /// <summary>How often, and how long each time.</summary>
    public required Turns Turns { get; init; }

    /// <summary>Lengths of the arrays that optimizers step over.</summary>
    public required IReadOnlyList<int> Parameters { get; init; }

    /// <summary>Dense layers.</summary>
    public required IReadOnlyList<(int Batch, int Inputs, int Outputs)> Layers { get; init; }

    /// <summary>Pictures of an epoch.</summary>
    public required int Rows { get; init; }

    /// <summary>Threads of the native backend; null: those of the library.</summary>
    public int? Threads { get; init; }

    /// <summary>Well under a minute: arrays in the second-level cache, in the third and in memory.</summary>
    public static BenchSettings Usual { get; } = new()
    {
        Turns = new Turns(Rounds: 7, Seconds: 0.02, WarmUp: 0.3),
        Parameters = [1_000, 100_000, 10_000_000],
        Layers = [(32, 784, 128), (32, 128, 10), (32, 512, 512), (256, 1024, 1024)],
        Rows = 12_000,
    };

    /// <summary>A few seconds.</summary>
    public static BenchSettings Quick { get; } = Usual with
    {
        Turns = new Turns(Rounds: 3, Seconds: 0.01, WarmUp: 0.1),
        Parameters = [1_000, 1_000_000],
        Layers = [(32, 784, 128), (32, 512, 512)],
        Rows = 3_200,
    };
}
