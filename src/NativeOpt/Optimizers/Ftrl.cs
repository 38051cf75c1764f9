using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// FTRL, follow the regularized leader (McMahan et al. 2013, "Ad click prediction: a view from the trenches", algorithm 1). L1
/// makes exact zeros. Weights are computed afresh from the slots: what they were initialized to is gone after the first step.
/// </summary>
/// <remarks>
/// With <c>p = -LearningRatePower</c> and <c>n' = n + g^2</c>: <c>z = z + g + 2*shrinkage*w - (n'^p - n^p)/lr*w</c>; <c>n = n'</c>;
/// <c>w = (clamp(z, -l1, l1) - z)/(n^p/lr + 2*l2 + beta/lr)</c>. n starts at InitialAccumulatorValue. The same under both
/// conventions. Slots: "n", "z".
/// Defaults (Keras'): LearningRate 0.001, LearningRatePower -0.5, InitialAccumulatorValue 0.1, L1 0, L2 0, L2Shrinkage 0, Beta 0.
/// </remarks>
public sealed record Ftrl : OptimizerRule
{
    private const string RateIsZero = "LearningRate is 0; it must be greater than 0 for Ftrl, which divides by it.";

    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Number<Ftrl>("learning_rate_power", rule => rule.LearningRatePower,
            (rule, value) => rule with { LearningRatePower = value }),
        RuleSetting.Number<Ftrl>("initial_accumulator_value", rule => rule.InitialAccumulatorValue,
            (rule, value) => rule with { InitialAccumulatorValue = value }),
        RuleSetting.Number<Ftrl>("l1_regularization_strength", rule => rule.L1, (rule, value) => rule with { L1 = value }, "l1"),
        RuleSetting.Number<Ftrl>("l2_regularization_strength", rule => rule.L2, (rule, value) => rule with { L2 = value }, "l2"),
        RuleSetting.Number<Ftrl>("l2_shrinkage_regularization_strength", rule => rule.L2Shrinkage,
            (rule, value) => rule with { L2Shrinkage = value }, "l2_shrinkage"),
        RuleSetting.Number<Ftrl>("beta", rule => rule.Beta, (rule, value) => rule with { Beta = value }),
    ];

    /// <summary>FTRL with a learning rate of 0.001.</summary>
    public Ftrl() : base(learningRate: 0.001) { }

    /// <inheritdoc/>
    public override string Name => "ftrl";

    /// <summary>How the learning rate falls with n, in [-1, 0]; -0.5 by default, the fastest to compute.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [-1, 0].</exception>
    public double LearningRatePower { get; init => field = Require.MinusFraction(value, nameof(LearningRatePower)); } = -0.5;

    /// <summary>What n starts at; finite and not negative, 0.1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double InitialAccumulatorValue { get; init => field = Require.NotNegative(value, nameof(InitialAccumulatorValue)); } = 0.1;

    /// <summary>Strength of the L1 penalty; finite and not negative, 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double L1 { get; init => field = Require.NotNegative(value, nameof(L1)); }

    /// <summary>Strength of the L2 penalty; finite and not negative, 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double L2 { get; init => field = Require.NotNegative(value, nameof(L2)); }

    /// <summary>Strength of an L2 penalty that is added to the gradient; finite and not negative, 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double L2Shrinkage { get; init => field = Require.NotNegative(value, nameof(L2Shrinkage)); }

    /// <summary>The paper's beta, which limits the learning rate of rare features; finite and not negative, 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Beta { get; init => field = Require.NotNegative(value, nameof(Beta)); }

    internal override string KernelName => FtrlKernel.Description.Name;

    internal override uint Variant => LearningRatePower == -0.5 ? 0 : FtrlKernel.Power;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override double InitialSlotValue(string slot) => slot == "n" ? InitialAccumulatorValue : 0;

    internal override void Validate()
    {
        if (LearningRate.InitialValue == 0)
            throw new ArgumentException(RateIsZero, nameof(LearningRate));
    }

    /// <exception cref="InvalidOperationException">The learning rate in force is 0.</exception>
    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        if (learningRate == 0)
            throw new InvalidOperationException(RateIsZero);
        scalars[0] = learningRate;
        scalars[1] = L1;
        scalars[2] = 2 * L2 + Beta / learningRate;
        scalars[3] = 2 * L2Shrinkage;
        scalars[4] = -LearningRatePower;
    }
}
