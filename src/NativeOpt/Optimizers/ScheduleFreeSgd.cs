using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt;

/// <summary>
/// Schedule-free SGD (Defazio et al. 2024, https://arxiv.org/abs/2405.15682); see <see cref="ScheduleFree"/> for which weights are
/// trained and which are for evaluation.
/// </summary>
/// <remarks>
/// <c>z = z - lr*g</c>; x is the average of z; the weights are <c>y = (1 - beta1)*z + beta1*x</c>. Slots: "z".
/// Defaults (the authors'): LearningRate 1, Beta1 0.9, WeightPower null (2), WarmupSteps 0.
/// </remarks>
public sealed record ScheduleFreeSgd : ScheduleFree
{
    /// <summary>Schedule-free SGD with a learning rate of 1.</summary>
    public ScheduleFreeSgd() : base(learningRate: 1) { }

    /// <inheritdoc/>
    public override string Name => "schedule_free_sgd";

    internal override string KernelName => ScheduleFreeSgdKernel.Description.Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => AveragingSettings;
}
