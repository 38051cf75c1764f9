using Xunit;

namespace NativeOpt.Tests.Optimizers;

/// <summary>The settings of what happens to gradients: their limits, and how they are read and written as text.</summary>
public class GradientSettingsTests
{
    public static TheoryData<string, Func<OptimizerRule>, string> InvalidSettings => new()
    {
        { "clip norm", () => new Adam { ClipNorm = 0 }, "ClipNorm is 0; it must be finite and greater than 0" },
        { "global norm", () => new Sgd { GlobalClipNorm = double.NaN }, "GlobalClipNorm is NaN; it must be finite and greater than 0" },
        { "norm order", () => new Sgd { ClipNormOrder = 0 }, "ClipNormOrder is 0; it must be greater than 0" },
        { "large norm order", () => new Sgd { ClipNormOrder = 101 }, "ClipNormOrder is 101; it must be greater than 0, and at most 100" },
        { "adaptive clip", () => new Sgd { AdaptiveClip = -1 }, "AdaptiveClip is -1; it must be finite and greater than 0" },
        { "adaptive epsilon", () => new Sgd { AdaptiveClipEpsilon = -1 }, "AdaptiveClipEpsilon is -1; it must be finite and not negative" },
        { "accumulation", () => new Sgd { GradientAccumulationSteps = 0 }, "GradientAccumulationSteps is 0; it must be at least 1" },
        { "loss scale", () => new Sgd { LossScaleFactor = 0 }, "LossScaleFactor is 0; it must be finite and greater than 0" },
        { "non-finite", () => new Sgd { NonFinite = (NonFiniteGradients)9 }, "NonFinite is 9; it must be Propagate, Error, Skip or Zero" },
        { "skipped steps", () => new Sgd { MaxSkippedSteps = 0 }, "MaxSkippedSteps is 0; it must be at least 1" },
    };

    public static TheoryData<string, OptimizerRule> Texts => new()
    {
        { "sgd(clipnorm=0.5,norm_type=1)", new Sgd { ClipNorm = 0.5, ClipNormOrder = 1 } },
        { "sgd(global_clipnorm=0.5,clip_norm_order=Infinity)", new Sgd { GlobalClipNorm = 0.5, ClipNormOrder = double.PositiveInfinity } },
        { "sgd(adaptive_clip=0.01,adaptive_clip_epsilon=0.1)", new Sgd { AdaptiveClip = 0.01, AdaptiveClipEpsilon = 0.1 } },
        {
            "adam(gradient_accumulation_steps=4,sum_accumulated_gradients=true,schedule_micro_steps=false,"
            + "flush_accumulated_gradients=true)",
            new Adam
            {
                GradientAccumulationSteps = 4, SumAccumulatedGradients = true, ScheduleMicroSteps = false, FlushAccumulatedGradients = true,
            }
        },
        {
            "adam(loss_scale_factor=128,non_finite=skip,max_skipped_steps=3)",
            new Adam { LossScaleFactor = 128, NonFinite = NonFiniteGradients.Skip, MaxSkippedSteps = 3 }
        },
        { "adamw(weight_decay_exclude=*/bias|norm?)", new AdamW { WeightDecayExclude = ["*/bias", "norm?"] } },
        { "adamw(exclude_from_weight_decay=none)", new AdamW { WeightDecayExclude = [] } },
    };

    [Theory]
    [MemberData(nameof(InvalidSettings))]
    public void Setting_OutsideItsRange_NamesPropertyValueAndLimit(string what, Func<OptimizerRule> create, string message) =>
        Assert.True(Assert.ThrowsAny<ArgumentException>(create).Message.StartsWith(message, StringComparison.Ordinal), what);

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_IsReadAndWrittenBack(string text, OptimizerRule expected)
    {
        Assert.Equal(expected, OptimizerRule.Parse(text));
        Assert.Equal(expected, OptimizerRule.Parse(expected.ToString()));
    }
}
