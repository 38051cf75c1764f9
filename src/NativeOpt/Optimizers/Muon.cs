using NativeOpt.Backends.Managed.Optimizers.Matrix;
using NativeOpt.Optimizers;
using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// Muon (Jordan et al. 2024, https://kellerjordan.github.io/posts/muon/): the momentum of a matrix, made nearly orthogonal by
/// Newton-Schulz iterations, so that all directions are learnt at the same pace. Vectors, and matrices that are excluded, go to AdamW.
/// </summary>
/// <remarks>
/// Keras: <c>m = mu*m + g</c>, <c>u = g + mu*m</c>, <c>x = u/(|u| + eps)</c>. PyTorch: <c>m = mu*m + (1 - mu)*g</c>,
/// <c>u = (1 - mu)*g + mu*m</c>, <c>x = u/max(|u|, eps)</c>. optax (<see cref="BiasCorrection"/>): m as in PyTorch,
/// <c>u = (1 - mu)*g/(1 - mu^t) + mu*m/(1 - mu^(t+1))</c>, x as in Keras. Without Nesterov u is m; in optax m/(1 - mu^t). |u| is the
/// Frobenius norm. Then <see cref="NsSteps"/> times <c>x = a*x + (b*A + c*A^2)*x</c> with <c>A = x*x^T</c>, and
/// <c>w = (1 - lr*decay)*w - lr*scale*x</c> with <c>scale = RmsRate*sqrt(max(rows, columns))</c> (Liu et al. 2025,
/// https://arxiv.org/abs/2502.16982), or <c>sqrt(max(1, outputs/inputs))</c> with <see cref="ScaleByShape"/>, or 1.
/// <para>Rows of a matrix are inputs, as in a dense layer here, in Keras and in optax; in PyTorch they are outputs
/// (<see cref="RowsAreOutputs"/>).</para>
/// Slots: "m"; under AdamW "m", "v". Defaults (Keras'): LearningRate 0.001, WeightDecay 0.004, Momentum 0.95, Nesterov true, NsSteps 5,
/// MuonA 3.4445, MuonB -4.775, MuonC 2.0315, NsEpsilon 1e-7, RmsRate 0.2; of AdamW AdamBeta1 0.9, AdamBeta2 0.999, Epsilon 1e-7,
/// AdamWeightDecay 0.004, AdamLearningRateRatio 1.
/// </remarks>
public sealed partial record Muon : MatrixRule
{
    private const int MaxSteps = 99;

    /// <summary>Muon with a learning rate of 0.001 and a weight decay of 0.004.</summary>
    public Muon() : base(learningRate: 0.001) => WeightDecay = 0.004;

    /// <summary>Five iterations that end closer to 1 than the usual ones do (Ahn et al. 2025, https://arxiv.org/abs/2504.05295).</summary>
    public static IReadOnlyList<NewtonSchulzStep> DionCoefficients { get; } = new ValueList<NewtonSchulzStep>(
    [
        new(4.0848, -6.8946, 2.9270), new(3.9505, -6.3029, 2.6377), new(3.7418, -5.5913, 2.3037), new(2.8769, -3.1427, 1.2046),
        new(2.8366, -3.0525, 1.2012),
    ]);

    /// <inheritdoc/>
    public override string Name => "muon";

    /// <summary>Share of the momentum that survives a step, in [0, 1); 0.95 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Momentum { get; init => field = Require.DecayRate(value, nameof(Momentum)); } = 0.95;

    /// <summary>Looks one step ahead with the momentum; true by default.</summary>
    public bool Nesterov { get; init; } = true;

    /// <summary>optax' form: the momentum is a mean, corrected for its start at 0; false by default.</summary>
    public bool BiasCorrection { get; init; }

    /// <summary>Newton-Schulz iterations, 0 to 99; 5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 99].</exception>
    public int NsSteps { get; init => field = Require.Between(value, 0, MaxSteps, nameof(NsSteps)); } = 5;

    /// <summary>Coefficient a of each iteration; finite, 3.4445 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or infinite.</exception>
    public double MuonA { get; init => field = Require.Finite(value, nameof(MuonA)); } = 3.4445;

    /// <summary>Coefficient b of each iteration; finite, -4.775 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or infinite.</exception>
    public double MuonB { get; init => field = Require.Finite(value, nameof(MuonB)); } = -4.775;

    /// <summary>Coefficient c of each iteration; finite, 2.0315 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or infinite.</exception>
    public double MuonC { get; init => field = Require.Finite(value, nameof(MuonC)); } = 2.0315;

    /// <summary>
    /// Coefficients for each iteration of its own, at most 99, such as <see cref="DionCoefficients"/>; they take the place of
    /// <see cref="NsSteps"/> and of MuonA, MuonB and MuonC. Empty by default.
    /// </summary>
    /// <exception cref="ArgumentException">There are more, or a number is NaN or infinite.</exception>
    public IReadOnlyList<NewtonSchulzStep> NsCoefficients
    {
        get;
        init => field = CheckCoefficients(value, nameof(NsCoefficients));
    } = new ValueList<NewtonSchulzStep>([]);

    /// <summary>Keeps the division by the norm away from 0; finite and not negative, 1e-7 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double NsEpsilon { get; init => field = Require.NotNegative(value, nameof(NsEpsilon)); } = 1e-7;

    /// <summary>What brings the singular values below 1; Frobenius by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration.</exception>
    public MuonPreconditioning Preconditioning
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(Preconditioning),
            $"Preconditioning is {value}; it must be {string.Join(" or ", Enum.GetNames<MuonPreconditioning>())}.");
    }

    /// <summary>
    /// Multiplies the update by its product with u, the dual norm of u (Bernstein &amp; Newhouse 2024,
    /// https://arxiv.org/abs/2409.20325); false by default.
    /// </summary>
    public bool Adaptive { get; init; }

    /// <summary>
    /// The update is multiplied by RmsRate*sqrt(max(rows, columns)), which makes it as large as one of AdamW; finite and not negative,
    /// 0.2 by default. Null: it is not.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double? RmsRate { get; init => field = value is { } rate ? Require.NotNegative(rate, nameof(RmsRate)) : null; } = 0.2;

    /// <summary>Where RmsRate is null: the update is multiplied by sqrt(max(1, outputs/inputs)); false by default.</summary>
    public bool ScaleByShape { get; init; }

    /// <summary>
    /// Whether rows of a matrix are outputs, as in a PyTorch weight [out, in]; false by default, for kernels [in, out]. It matters to
    /// <see cref="ScaleByShape"/> only.
    /// </summary>
    public bool RowsAreOutputs { get; init; }

    internal override string KernelName => MuonKernel.Description.Name;

    internal override string KernelOf(IReadOnlyList<int> shape) => KernelName;

    internal override uint Variant => (Adaptive ? MuonKernel.Adaptive : 0) | Preconditioning switch
    {
        MuonPreconditioning.Spectral => MuonKernel.Spectral,
        MuonPreconditioning.Aol => MuonKernel.Aol,
        MuonPreconditioning.Schatten => MuonKernel.Schatten,
        _ => 0,
    };

    internal override int CoefficientCount => 3 * (NsCoefficients.Count > 0 ? NsCoefficients.Count : NsSteps);

    internal override void WriteCoefficients(Span<double> coefficients)
    {
        for (int i = 0; 3 * i < coefficients.Length; i++)
        {
            NewtonSchulzStep step = NsCoefficients.Count > 0 ? NsCoefficients[i] : new NewtonSchulzStep(MuonA, MuonB, MuonC);
            (coefficients[3 * i], coefficients[3 * i + 1], coefficients[3 * i + 2]) = (step.A, step.B, step.C);
        }
    }

    internal override void WriteScalars(long step, double learningRate, IReadOnlyList<int> shape, Span<double> scalars)
    {
        WriteScalars(step, learningRate, scalars);
        scalars[MuonKernel.Rate] = learningRate * ScaleOf(shape[0], shape[1]);
    }

    internal override void WriteScalars(long step, double learningRate, Span<double> scalars)
    {
        bool sums = Convention == Convention.Keras && !BiasCorrection;
        bool floors = Convention == Convention.PyTorch && !BiasCorrection;
        scalars[MuonKernel.Momentum] = Momentum;
        scalars[MuonKernel.Share] = sums ? 1 : 1 - Momentum;
        scalars[MuonKernel.FromGradient] = !Nesterov ? 0 : sums ? 1 : (1 - Momentum) / Correction(step);
        scalars[MuonKernel.FromMomentum] = Nesterov ? Momentum / Correction(step + 1) : 1 / Correction(step);
        scalars[MuonKernel.Offset] = floors ? 0 : NsEpsilon;
        scalars[MuonKernel.LeastNorm] = floors ? NsEpsilon : 0;
        scalars[MuonKernel.Rate] = learningRate;
    }

    private double Correction(long steps) => BiasCorrection ? 1 - Math.Pow(Momentum, steps) : 1;

    private double ScaleOf(double rows, double columns)
    {
        if (RmsRate is { } rate)
            return rate * Math.Sqrt(Math.Max(rows, columns));
        double outputsToInputs = RowsAreOutputs ? rows / columns : columns / rows;
        return ScaleByShape ? Math.Sqrt(Math.Max(1, outputsToInputs)) : 1;
    }

    private static ValueList<NewtonSchulzStep> CheckCoefficients(IReadOnlyList<NewtonSchulzStep> coefficients, string name)
    {
        ArgumentNullException.ThrowIfNull(coefficients, name);
        if (coefficients.Count > MaxSteps)
            throw new ArgumentException($"{name} has {coefficients.Count} iterations; it must have at most {MaxSteps}.", name);
        foreach (NewtonSchulzStep step in coefficients)
        {
            Require.Finite(step.A, name);
            Require.Finite(step.B, name);
            Require.Finite(step.C, name);
        }
        return new ValueList<NewtonSchulzStep>(coefficients);
    }
}
