namespace NativeOpt;

// The settings of OptimizerRule.Gradients.cs as text.
public abstract partial record OptimizerRule
{
    private static readonly RuleSetting[] GradientSettings =
    [
        RuleSetting.Flag<OptimizerRule>("centralize_gradients", rule => rule.CentralizeGradients,
            (rule, value) => rule with { CentralizeGradients = value }),
        RuleSetting.OptionalNumber<OptimizerRule>("clip_norm", rule => rule.ClipNorm,
            (rule, value) => rule with { ClipNorm = value }),
        RuleSetting.OptionalNumber<OptimizerRule>("global_clip_norm", rule => rule.GlobalClipNorm,
            (rule, value) => rule with { GlobalClipNorm = value }, "max_norm"),
        RuleSetting.Number<OptimizerRule>("clip_norm_order", rule => rule.ClipNormOrder,
            (rule, value) => rule with { ClipNormOrder = value }, "norm_type"),
        RuleSetting.OptionalNumber<OptimizerRule>("adaptive_clip", rule => rule.AdaptiveClip,
            (rule, value) => rule with { AdaptiveClip = value }),
        RuleSetting.Number<OptimizerRule>("adaptive_clip_epsilon", rule => rule.AdaptiveClipEpsilon,
            (rule, value) => rule with { AdaptiveClipEpsilon = value }),
        RuleSetting.AccumulationSteps,
        RuleSetting.Flag<OptimizerRule>("sum_accumulated_gradients", rule => rule.SumAccumulatedGradients,
            (rule, value) => rule with { SumAccumulatedGradients = value }),
        RuleSetting.OptionalFlag<OptimizerRule>("schedule_micro_steps", rule => rule.ScheduleMicroSteps,
            (rule, value) => rule with { ScheduleMicroSteps = value }),
        RuleSetting.Flag<OptimizerRule>("flush_accumulated_gradients", rule => rule.FlushAccumulatedGradients,
            (rule, value) => rule with { FlushAccumulatedGradients = value }),
        RuleSetting.OptionalNumber<OptimizerRule>("loss_scale_factor", rule => rule.LossScaleFactor,
            (rule, value) => rule with { LossScaleFactor = value }),
        RuleSetting.Choice<OptimizerRule, NonFiniteGradients>("non_finite", rule => rule.NonFinite,
            (rule, value) => rule with { NonFinite = value }),
        RuleSetting.OptionalWholeNumber<OptimizerRule>("max_skipped_steps", rule => rule.MaxSkippedSteps,
            (rule, value) => rule with { MaxSkippedSteps = value }),
        RuleSetting.Patterns<OptimizerRule>("weight_decay_exclude", rule => rule.WeightDecayExclude,
            (rule, value) => rule with { WeightDecayExclude = value }, "exclude_from_weight_decay"),
    ];
}
