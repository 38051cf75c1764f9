using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Backends.Managed.Optimizers.Matrix;

namespace NativeOpt;

/// <summary>
/// SM3 (Anil, Gupta, Koren &amp; Singer 2019, https://arxiv.org/abs/1901.11150): Adagrad in little memory. A matrix has one accumulator
/// for each row and one for each column; a vector has one for each element.
/// </summary>
/// <remarks>
/// With <c>s = 1</c> where beta2 is 1 and <c>1 - beta2</c> elsewhere: <c>n = s*g^2 + beta2*min(row, column)</c>; <c>row</c> and
/// <c>column</c> become the largest n along them; <c>m = beta1*m + (1 - beta1) * g/sqrt(n + eps)</c>, 0 in place of the fraction where
/// n is 0; <c>w = w - lr*m</c>. beta1 is <see cref="Momentum"/>. The same under both conventions; weight decay is decoupled. Slots:
/// "row" [rows], "column" [columns], "m"; of vectors "n", "m".
/// Defaults (optax'): LearningRate 0.1, Momentum 0.9, Beta2 1, Epsilon 1e-8.
/// </remarks>
public sealed record Sm3 : MatrixRule
{
    private static readonly RuleSetting[] SettingTable =
    [
        RuleSetting.Number<Sm3>("momentum", rule => rule.Momentum, (rule, value) => rule with { Momentum = value }, "b1"),
        RuleSetting.Number<Sm3>("beta_2", rule => rule.Beta2, (rule, value) => rule with { Beta2 = value }, "b2"),
        RuleSetting.Number<Sm3>("epsilon", rule => rule.Epsilon, (rule, value) => rule with { Epsilon = value }, "eps"),
    ];

    /// <summary>SM3 with a learning rate of 0.1.</summary>
    public Sm3() : base(learningRate: 0.1) { }

    /// <inheritdoc/>
    public override string Name => "sm3";

    /// <summary>Share of the mean update that survives a step, in [0, 1); 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Momentum { get; init => field = Require.DecayRate(value, nameof(Momentum)); } = 0.9;

    /// <summary>Share of an accumulator that survives a step, in [0, 1]; 1 by default, a sum.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1].</exception>
    public double Beta2 { get; init => field = Require.Fraction(value, nameof(Beta2)); } = 1;

    /// <summary>Added under the root; finite and not negative, 1e-8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Epsilon { get; init => field = Require.Epsilon(value, nameof(Epsilon)); } = 1e-8;

    internal override string KernelName => Sm3VectorKernel.Description.Name;

    internal override string KernelOf(IReadOnlyList<int> shape) =>
        shape.Count == 2 ? Sm3Kernel.Description.Name : Sm3VectorKernel.Description.Name;

    internal override IReadOnlyList<RuleSetting> OwnSettings => SettingTable;

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        scalars[Sm3Kernel.Beta1] = Momentum;
        scalars[Sm3Kernel.OneMinusBeta1] = 1 - Momentum;
        scalars[Sm3Kernel.Beta2] = Beta2;
        scalars[Sm3Kernel.Share] = Beta2 == 1 ? 1 : 1 - Beta2;
        scalars[Sm3Kernel.Eps] = Epsilon;
        scalars[Sm3Kernel.Rate] = learningRate;
    }
}
