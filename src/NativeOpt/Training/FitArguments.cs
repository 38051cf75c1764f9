using System.Diagnostics.CodeAnalysis;

namespace NativeOpt.Training;

/// <summary>The arguments that all forms of Fit share, as they were given.</summary>
[SuppressMessage("Usage", "CA2208:Instantiate argument exceptions correctly", Justification = "the names are those of Fit's arguments")]
internal sealed record FitArguments
{
    public required int Epochs { get; init; }

    public required int BatchSize { get; init; }

    public required double ValidationSplit { get; init; }

    public required bool Shuffle { get; init; }

    public required long? Seed { get; init; }

    public required IEnumerable<Callback>? Callbacks { get; init; }

    public required IProgress<TrainingProgress>? Progress { get; init; }

    public required IReadOnlyDictionary<int, double>? ClassWeight { get; init; }

    public required int InitialEpoch { get; init; }

    public required int? StepsPerEpoch { get; init; }

    public required int? ValidationSteps { get; init; }

    public required int? ValidationBatchSize { get; init; }

    public required int ValidationFrequency { get; init; }

    public required bool Verbose { get; init; }

    /// <summary>Batches of a validation.</summary>
    public RunSize ValidationSize => new(
        ValidationBatchSize ?? BatchSize, ValidationSteps, ValidationBatchSize is null ? "batchSize" : "validationBatchSize",
        "validationSteps");

    /// <summary>Whether an epoch, counted from 0, ends with a validation.</summary>
    public bool Validates(int epoch) => (epoch + 1) % ValidationFrequency == 0;

    /// <summary>Checks the counts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is out of its range.</exception>
    public void Check()
    {
        RunSize.Check(Epochs, "epochs");
        RunSize.Check(BatchSize, "batchSize");
        if (InitialEpoch < 0 || InitialEpoch > Epochs)
            throw new ArgumentOutOfRangeException("initialEpoch", InitialEpoch,
                $"initialEpoch is {InitialEpoch}; it must be at least 0 and at most epochs, which is {Epochs}");
        RunSize.Check(StepsPerEpoch ?? 1, "stepsPerEpoch");
        RunSize.Check(ValidationFrequency, "validationFrequency");
        _ = ValidationSize;
    }
}
