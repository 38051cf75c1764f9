using NativeOpt.Cli.Replay.Kinds;
using NativeOpt.Text;

namespace NativeOpt.Cli.Replay;

/// <summary>The kinds that can be replayed.</summary>
internal static class ReplayKinds
{
    private static readonly IReplayKind[] All =
    [
        new OptimizerKind(), new OptimizerClosureKind(), new ScheduleKind(), new PlateauKind(), new EarlyStoppingKind(), new ClipKind(),
        new DenseKind(), new MlpKind(), new ActivationTableKind(), new SoftmaxRowsKind(), new LossKind(), new MetricsKind(),
        new BatchNormKind(), new LayerNormKind(), new PenaltyKind(), new TrainingKind(), new ConvexOptimumKind(),
        new AccuracyReferenceKind(),
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(kind => kind.Name)];

    /// <summary>A kind by name.</summary>
    /// <exception cref="ReplayException">There is none; the message has the nearest name.</exception>
    public static IReplayKind Find(string name) =>
        Array.Find(All, kind => kind.Name == name) ?? throw new ReplayException(NearestName.Explain("kind", name, Names));
}
