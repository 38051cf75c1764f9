using NativeOpt.Cli.Tutorial.Trials;

namespace NativeOpt.Cli.Tutorial.Mlp;

/// <summary>What the experiment found out.</summary>
/// <param name="Data">All data.</param>
/// <param name="TrainRows">How many of them were trained on.</param>
/// <param name="Group">One training a seed.</param>
/// <param name="Classes">The test pictures of each class, with the first seed.</param>
internal sealed record MlpResults(DataSplit Data, int TrainRows, TrialGroup Group, IReadOnlyList<ClassResult> Classes);
