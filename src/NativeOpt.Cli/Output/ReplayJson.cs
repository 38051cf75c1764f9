using System.Text.Json.Serialization;
using NativeOpt.Cli.Replay;

namespace NativeOpt.Cli.Output;

/// <summary>The answer of `nativeopt replay --json`.</summary>
internal sealed record ReplayResults
{
    /// <summary>Of this answer, not of the files that were replayed.</summary>
    public string Schema { get; init; } = "nativeopt-replay/1";

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>Whether everything passed.</summary>
    public required bool Passed { get; init; }

    /// <summary>Cases on targets that passed.</summary>
    public required int PassedCount { get; init; }

    /// <summary>Cases on targets that failed.</summary>
    public required int FailedCount { get; init; }

    /// <summary>One for each case and target, in the order they were replayed.</summary>
    public required IReadOnlyList<ReplayedCase> Results { get; init; }

    /// <summary>From what the replayer found.</summary>
    public static ReplayResults Create(string version, IReadOnlyCollection<CaseResult> results) => new()
    {
        Version = version,
        Passed = results.All(result => result.Passed),
        PassedCount = results.Count(result => result.Passed),
        FailedCount = results.Count(result => !result.Passed),
        Results = [.. results.Select(ReplayedCase.Create)],
    };
}

/// <summary>A case on a target.</summary>
internal sealed record ReplayedCase
{
    /// <summary>Path as it was given.</summary>
    public required string File { get; init; }

    public required string Name { get; init; }

    public required string Kind { get; init; }

    /// <summary>"native" or "managed".</summary>
    public required string Backend { get; init; }

    /// <summary>Of the native kernels; null where the library chose, and for the managed backend.</summary>
    public string? InstructionSet { get; init; }

    /// <summary>"float" or "double".</summary>
    public required string Precision { get; init; }

    public required bool Passed { get; init; }

    /// <summary>Numbers compared.</summary>
    public required int Compared { get; init; }

    /// <summary>Numbers that a rule of the schema leaves out.</summary>
    public required int LeftOut { get; init; }

    /// <summary>The number that is worst by its tolerance; null where none was compared.</summary>
    public WorstNumber? Worst { get; init; }

    /// <summary>Why the case failed; empty where it passed.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>From what the replayer found.</summary>
    public static ReplayedCase Create(CaseResult result) => new()
    {
        File = result.Case.File.Path,
        Name = result.Case.Name,
        Kind = result.Case.Kind,
        Backend = result.Target.Backend.ToString().ToLowerInvariant(),
        InstructionSet = result.Target.InstructionSet,
        Precision = result.Target.Precision,
        Passed = result.Passed,
        Compared = result.Checks.Count,
        LeftOut = result.Checks.LeftOut,
        Worst = result.Checks.Worst is { } worst
            ? new WorstNumber(worst.Where, worst.Expected, worst.Actual, worst.Error, worst.Tolerance)
            : null,
        Problems = result.Problems,
    };
}

/// <summary>A number with its error, relative to max(|expected|, 1), and what is allowed.</summary>
internal sealed record WorstNumber(string Where, double Expected, double Actual, double Error, double Tolerance);

/// <summary>The serializer, generated when this is compiled.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(FiniteNumberConverter)])]
[JsonSerializable(typeof(ReplayResults))]
internal sealed partial class ReplayJson : JsonSerializerContext
{
    public static string Write(ReplayResults results) => JsonText.Write(results, Default.ReplayResults);
}
