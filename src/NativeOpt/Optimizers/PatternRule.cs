namespace NativeOpt;

/// <summary>A rule of a <see cref="MultiOptimizer"/> and the names of the parameters it is for.</summary>
/// <param name="Pattern">Such as "*/bias".</param>
/// <param name="Rule">The settings.</param>
public readonly record struct PatternRule(string Pattern, OptimizerRule Rule);
