using NativeOpt.Backends.Managed.Optimizers;

namespace NativeOpt.Optimizers;

/// <summary>The climb of a <see cref="Sam"/> as a rule, which keeps nothing from step to step.</summary>
internal sealed record SamAscent : OptimizerRule
{
    private const double SmallestNorm = 1e-12;

    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Number<SamAscent>("rho", rule => rule.Rho, (rule, value) => rule with { Rho = value }),
    ];

    private readonly bool _adaptive;

    public SamAscent(Sam sam) : base(learningRate: 0)
    {
        (Rho, _adaptive, Maximize) = (sam.Rho, sam.Adaptive, sam.Maximize);
        NonFinite = sam.NonFinite == NonFiniteGradients.Zero ? NonFiniteGradients.Zero : NonFiniteGradients.Propagate;
    }

    public override string Name => KernelName;

    public double Rho { get; init => field = Require.Positive(value, nameof(Rho)); }

    internal override string KernelName => SamAscentKernel.Description.Name;

    internal override uint Variant => _adaptive ? SamAscentKernel.Adaptive : 0;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override bool HasSharedSettings => false;

    internal override bool ObeysConstraints => false;

    internal override IReadOnlyList<KeyValuePair<string, double>> KeptNumbers => [new("scale", 0)];

    internal override int MeasuredCount => 2;

    // It has no public name.
    internal override OptimizerRule? CreateDefaults() => null;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars) { }

    internal override void WriteKeptScalars(long step, double learningRate, ReadOnlySpan<double> kept, Span<double> scalars) =>
        scalars[0] = kept[0];

    /// <summary>Measured are the squares of the norms of g and of w g.</summary>
    internal override void UseMeasured(long step, double learningRate, ReadOnlySpan<double> measured, Span<double> kept) =>
        kept[0] = Rho / (Math.Sqrt(measured[_adaptive ? 1 : 0]) + SmallestNorm);
}
