namespace NativeOpt.Cli.Comparison;

/// <summary>One setting of everything that varies: a run of a comparison, or with several seeds as many runs.</summary>
/// <param name="Label">What tells it from the others: the optimizer, and every other factor that has several values.</param>
/// <param name="Optimizer">The name the optimizer was asked for by.</param>
/// <param name="Choice">The optimizer with the settings that were given: "adam(beta_1=0.8)".</param>
/// <param name="Rule">With the learning rate or the schedule of this variant.</param>
/// <param name="BatchSize">Rows of a step.</param>
/// <param name="Initializer">Of the kernels.</param>
/// <param name="Schedule">Of the learning rate; null: it stays what it is.</param>
internal sealed record GridVariant(
    string Label, string Optimizer, string Choice, OptimizerRule Rule, int BatchSize, string Initializer, string? Schedule);
