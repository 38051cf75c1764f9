namespace NativeOpt.Optimizers;

/// <summary>A rule that some of the parameters of an optimizer go to.</summary>
/// <param name="Label">What its numbers in the state are called after; empty where it is the only one.</param>
/// <param name="Rule">The rule; the optimizer writes scheduled settings into it, so nobody else may use it.</param>
internal readonly record struct RuleShare(string Label, OptimizerRule Rule);
