using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace NativeOpt.Cli.Comparison;

/// <summary>Everything a comparison found out: what results.json, history.csv, the report and the table are written from.</summary>
internal sealed record ComparisonResults
{
    /// <summary>Names this layout; a change that a reader would notice gets a new number.</summary>
    public const string CurrentSchema = "nativeopt-comparison/2";

    public string Schema { get; init; } = CurrentSchema;

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>When the first run began.</summary>
    public required DateTimeOffset Started { get; init; }

    public required MachineInfo Machine { get; init; }

    public required DatasetInfo Dataset { get; init; }

    public required NetworkInfo Network { get; init; }

    public required TrainingInfo Training { get; init; }

    /// <summary>Trainings that were asked for; where it was interrupted, more than there are.</summary>
    public int PlannedRuns { get; init; }

    /// <summary>One entry a setting, optimizers outermost, in the order they were asked for.</summary>
    public required IReadOnlyList<RunResult> Runs { get; init; }

    /// <summary>Trainings that were finished.</summary>
    [JsonIgnore]
    public int FinishedRuns => Runs.Sum(run => Math.Max(1, run.Seeds.Count));
}

/// <summary>Where the numbers were computed.</summary>
internal sealed record MachineInfo
{
    /// <summary>The processor's own name.</summary>
    public required string Cpu { get; init; }

    /// <summary>Processors this process may use.</summary>
    public required int Processors { get; init; }

    /// <summary>"native" or "managed".</summary>
    public required string Backend { get; init; }

    /// <summary>Why that backend runs.</summary>
    public required string BackendReason { get; init; }

    /// <summary>Instruction set of the kernels: "avx512"; on the managed backend the width of its vectors, "vector256".</summary>
    public string? InstructionSet { get; init; }

    public string? OpenBlasVersion { get; init; }

    /// <summary>The kernels OpenBLAS picked for this processor, such as "SkylakeX".</summary>
    public string? OpenBlasCore { get; init; }

    /// <summary>Threads that share the work of a step.</summary>
    public required int Threads { get; init; }

    public required string OperatingSystem { get; init; }

    public required string Architecture { get; init; }

    /// <summary>Version of the .NET runtime.</summary>
    public required string DotNet { get; init; }
}

/// <summary>What was learned from.</summary>
internal sealed record DatasetInfo
{
    /// <summary>The name --dataset takes.</summary>
    public required string Name { get; init; }

    /// <summary>The name people use.</summary>
    public required string Title { get; init; }

    /// <summary>Numbers in one sample.</summary>
    public required int Inputs { get; init; }

    public required int Classes { get; init; }

    /// <summary>Samples the weights were fitted to.</summary>
    public required int TrainSamples { get; init; }

    /// <summary>Samples held out of the training data.</summary>
    public required int ValidationSamples { get; init; }

    public required int TestSamples { get; init; }
}

/// <summary>What was trained.</summary>
internal sealed record NetworkInfo
{
    /// <summary>Widths from input to output, such as [784, 128, 10].</summary>
    public required IReadOnlyList<int> Layers { get; init; }

    public required string HiddenActivation { get; init; }

    public required string OutputActivation { get; init; }

    public required string Loss { get; init; }

    /// <summary>Number of weights and biases.</summary>
    public required long Parameters { get; init; }
}

/// <summary>How it was trained.</summary>
internal sealed record TrainingInfo
{
    public required int Epochs { get; init; }

    /// <summary>The only one, or the first.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The only one, or the first.</summary>
    public required int Seed { get; init; }

    /// <summary>The rate of --learning-rate; null if each optimizer had its own, or there are several.</summary>
    public double? LearningRate { get; init; }

    public IReadOnlyList<int> BatchSizes { get; init; } = [];

    /// <summary>None: each optimizer had its own.</summary>
    public IReadOnlyList<double> LearningRates { get; init; } = [];

    public IReadOnlyList<string> Initializers { get; init; } = [];

    /// <summary>"none": the rate stays what it is.</summary>
    public IReadOnlyList<string> Schedules { get; init; } = [];

    /// <summary>Runs of each setting.</summary>
    public int Seeds { get; init; } = 1;
}

/// <summary>What came of one setting: of several seeds, means.</summary>
internal sealed record RunResult
{
    /// <summary>The name it was asked for by, such as "momentum".</summary>
    public required string Optimizer { get; init; }

    /// <summary>The name with the settings that were given: what a grid combines with other factors.</summary>
    public string Choice { get; init; } = "";

    /// <summary>What tells it from all others.</summary>
    public required string Label { get; init; }

    /// <summary>Step size in the first epoch.</summary>
    public required double LearningRate { get; init; }

    public int BatchSize { get; init; }

    public string Initializer { get; init; } = "";

    /// <summary>Of the learning rate; null: it stays what it is.</summary>
    public string? Schedule { get; init; }

    /// <summary>All settings of the rule, the learning rate included.</summary>
    public required JsonObject Hyperparameters { get; init; }

    public required IReadOnlyList<EpochNumbers> Epochs { get; init; }

    /// <summary>Loss on the test samples after the last epoch.</summary>
    public required double TestLoss { get; init; }

    /// <summary>Share of the test samples that were classified correctly, 0..1.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>Standard deviation of that over the seeds; null: there is but one.</summary>
    public double? TestAccuracyDeviation { get; init; }

    /// <summary>Median time of an epoch's training, validation aside.</summary>
    public required double SecondsPerEpoch { get; init; }

    /// <summary>Training samples a second at that pace.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>The runs that the numbers are means of.</summary>
    public IReadOnlyList<SeedResult> Seeds { get; init; } = [];

    /// <summary>Whether a loss was not a finite number.</summary>
    public bool Diverged => !double.IsFinite(TestLoss) || Epochs.Any(e => !double.IsFinite(e.Loss) || !double.IsFinite(e.ValLoss));

    /// <summary>The state at the end.</summary>
    [JsonIgnore]
    public EpochNumbers Last => Epochs[^1];
}

/// <summary>One pass over the training samples.</summary>
internal sealed record EpochNumbers
{
    /// <summary>From 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Mean over the epoch, while the weights were changing.</summary>
    public required double Loss { get; init; }

    /// <summary>0..1, likewise.</summary>
    public required double Accuracy { get; init; }

    /// <summary>On the held-out samples, at the end of the epoch.</summary>
    public required double ValLoss { get; init; }

    /// <summary>0..1, likewise.</summary>
    public required double ValAccuracy { get; init; }

    /// <summary>The rate after the last step of the epoch.</summary>
    public double LearningRate { get; init; } = double.NaN;

    /// <summary>Time of the training, validation aside.</summary>
    public required double Seconds { get; init; }

    public required double SamplesPerSecond { get; init; }
}
