using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Interop;

namespace NativeOpt.Optimizers;

/// <summary>
/// AdamW for the parameters that <see cref="Muon"/> does not take. It reads the settings of that rule in every step, because they may
/// follow schedules.
/// </summary>
internal sealed record MuonAdam(Muon Muon) : OptimizerRule(learningRate: 1)
{
    /// <inheritdoc/>
    public override string Name => "muon_adamw";

    internal override string KernelName => LooksAhead ? NadamKernel.Description.Name : AdamKernel.Description.Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => [];

    internal override OptimizerRule CreateDefaults() => this;

    /// <summary>optax' AdamW shares Nesterov's momentum with Muon.</summary>
    private bool IsOptax => Muon.BiasCorrection;

    private bool LooksAhead => IsOptax || Muon.AdamEpsilonRoot != 0;

    internal override bool DecaysParameter(string name, bool ofModel) => Muon.DecaysParameter(name, ofModel);

    internal override NoptPrologue CreatePrologue(double learningRate, bool decays = true) => Muon.CreatePrologue(learningRate) with
    {
        WeightFactor = decays ? 1 - (IsOptax ? RateOf(learningRate) : learningRate) * Muon.AdamWeightDecay : 1,
    };

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        Convention convention = IsOptax ? Convention.PyTorch : Muon.Convention;
        double rate = RateOf(learningRate);
        if (LooksAhead)
            NAdamW.WriteScalars(step, rate, Muon.AdamBeta1, Muon.AdamBeta2, Muon.Epsilon, Muon.AdamEpsilonRoot,
                IsOptax && Muon.Nesterov, convention, scalars);
        else
            Adam.WriteScalars(step, rate, Muon.AdamBeta1, Muon.AdamBeta2, Muon.Epsilon, convention, scalars);
    }

    private double RateOf(double learningRate) => Muon.AdamLearningRate ?? learningRate * Muon.AdamLearningRateRatio;
}
