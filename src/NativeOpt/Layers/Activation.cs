using NativeOpt.Backends.Managed.Activations;
using NativeOpt.Interop;
using NativeOpt.Layers;

namespace NativeOpt;

/// <summary>
/// An activation function with its parameter. A string converts: "relu", "leaky_relu(negative_slope=0.1)", "swish" ... Names and
/// defaults are those of Keras; PyTorch's names are understood too. Where functions have a corner, derivatives there are PyTorch's:
/// relu has slope 0 at 0.
/// </summary>
/// <example><code>new Dense(64, Activation.LeakyRelu(0.1))</code></example>
public sealed partial record Activation
{
    private Activation(NoptActivation kind, double parameter = 0) => (Kind, KernelParameter) = (kind, parameter);

    /// <summary>y = x.</summary>
    public static Activation Linear { get; } = new(NoptActivation.Linear);

    /// <summary>y = max(x, 0).</summary>
    public static Activation Relu { get; } = new(NoptActivation.Relu);

    /// <summary>y = min(max(x, 0), 6).</summary>
    public static Activation Relu6 { get; } = CappedRelu(6);

    /// <summary>1.0507009873554805 times <see cref="Elu"/> with alpha 1.6732632423543772 (Klambauer et al. 2017).</summary>
    public static Activation Selu { get; } = new(NoptActivation.Selu);

    /// <summary>y = x (1 + erf(x / sqrt 2)) / 2 (Hendrycks and Gimpel 2016).</summary>
    public static Activation Gelu { get; } = new(NoptActivation.Gelu);

    /// <summary>y = x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2, an approximation of <see cref="Gelu"/>.</summary>
    public static Activation GeluTanh { get; } = new(NoptActivation.GeluTanh);

    /// <summary>y = x tanh(log(1 + exp(x))) (Misra 2019).</summary>
    public static Activation Mish { get; } = new(NoptActivation.Mish);

    /// <summary>y = 1 / (1 + exp(-x)).</summary>
    public static Activation Sigmoid { get; } = new(NoptActivation.Sigmoid);

    /// <summary>y = min(max(x + 3, 0), 6) / 6.</summary>
    public static Activation HardSigmoid { get; } = new(NoptActivation.HardSigmoid);

    /// <summary>y = x min(max(x + 3, 0), 6) / 6 (Howard et al. 2019).</summary>
    public static Activation HardSilu { get; } = new(NoptActivation.HardSilu);

    /// <summary>y = tanh(x).</summary>
    public static Activation Tanh { get; } = new(NoptActivation.Tanh);

    /// <summary>y = min(max(x, -1), 1).</summary>
    public static Activation HardTanh { get; } = new(NoptActivation.HardTanh);

    /// <summary>y = x - tanh(x).</summary>
    public static Activation TanhShrink { get; } = new(NoptActivation.TanhShrink);

    /// <summary>y = x / (1 + |x|).</summary>
    public static Activation Softsign { get; } = new(NoptActivation.Softsign);

    /// <summary>Along each row: y = exp(x) / sum exp(x).</summary>
    public static Activation Softmax { get; } = new(NoptActivation.Softmax);

    /// <summary>Along each row: the logarithm of <see cref="Softmax"/>.</summary>
    public static Activation LogSoftmax { get; } = new(NoptActivation.LogSoftmax);

    /// <summary>y = exp(x).</summary>
    public static Activation Exponential { get; } = new(NoptActivation.Exponential);

    /// <summary>The logarithm of <see cref="Sigmoid"/>.</summary>
    public static Activation LogSigmoid { get; } = new(NoptActivation.LogSigmoid);

    /// <summary>The names <see cref="FromName"/> knows, without the other spellings.</summary>
    public static IReadOnlyCollection<string> KnownNames => ActivationText.Names;

    /// <summary>As Keras writes it, such as "leaky_relu".</summary>
    public string Name => CustomFunction?.Name ?? ActivationText.NameOf(this);

    /// <summary>The one number of the function, such as a slope or alpha; null: it has none.</summary>
    public double? Parameter => ActivationTraits.Parameter(Kind) == ParameterLimit.None ? null : KernelParameter;

    /// <summary>What the kernels call it; Linear where it is computed in C#.</summary>
    internal NoptActivation Kind { get; }

    /// <summary>The parameter, or 0.</summary>
    internal double KernelParameter { get; }

    /// <summary>Whether the derivative is a function of x rather than of y, so that a layer must keep x.</summary>
    internal bool NeedsZ => CustomFunction is not null || ActivationTraits.SlopeIsOfInput(Kind);

    /// <summary>y = min(max(x, 0), maxValue).</summary>
    /// <param name="maxValue">Greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static Activation CappedRelu(double maxValue) => Create(NoptActivation.CappedRelu, maxValue, nameof(maxValue));

    /// <summary>y = x above 0, else negativeSlope x (Maas et al. 2013).</summary>
    /// <param name="negativeSlope">At least 0. Keras' function has 0.2, its layer 0.3, PyTorch 0.01.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static Activation LeakyRelu(double negativeSlope = 0.2) =>
        Create(NoptActivation.LeakyRelu, negativeSlope, nameof(negativeSlope));

    /// <summary>y = x above 0, else alpha (exp(x) - 1) (Clevert et al. 2016).</summary>
    /// <param name="alpha">At least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static Activation Elu(double alpha = 1) => Create(NoptActivation.Elu, alpha, nameof(alpha));

    /// <summary>y = x above 0, else alpha (exp(x / alpha) - 1) (Barron 2017).</summary>
    /// <param name="alpha">Greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static Activation Celu(double alpha = 1) => Create(NoptActivation.Celu, alpha, nameof(alpha));

    /// <summary>y = x / (1 + exp(-beta x)), also called swish (Elfwing et al. 2018, Ramachandran et al. 2017).</summary>
    /// <param name="beta">Greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static Activation Silu(double beta = 1) => Create(NoptActivation.Silu, beta, nameof(beta));

    /// <summary>y = log(1 + exp(beta x)) / beta.</summary>
    /// <param name="beta">Greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static Activation Softplus(double beta = 1) => Create(NoptActivation.Softplus, beta, nameof(beta));

    /// <summary>y = x moved towards 0 by threshold, and 0 where |x| is not larger.</summary>
    /// <param name="threshold">At least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static Activation SoftShrink(double threshold = 0.5) => Create(NoptActivation.SoftShrink, threshold, nameof(threshold));

    /// <summary>y = x, and 0 where |x| is not larger than threshold.</summary>
    /// <param name="threshold">At least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static Activation HardShrink(double threshold = 0.5) => Create(NoptActivation.HardShrink, threshold, nameof(threshold));

    /// <summary>y = (x + sqrt(x^2 + b)) / 2 (Barron 2021).</summary>
    /// <param name="b">At least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static Activation Squareplus(double b = 4) => Create(NoptActivation.Squareplus, b, nameof(b));

    /// <summary>The activation that a text means, such as "gelu" or "elu(alpha=0.5)".</summary>
    /// <exception cref="ArgumentException">
    /// A name or setting is unknown (the message has the nearest), or a number is out of range.
    /// </exception>
    public static implicit operator Activation(string name) => FromName(name);

    /// <summary>The activation that a text means, such as "gelu" or "elu(alpha=0.5)".</summary>
    /// <exception cref="ArgumentException">
    /// A name or setting is unknown (the message has the nearest), or a number is out of range.
    /// </exception>
    public static Activation FromName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ActivationText.Parse(name, nameof(name));
    }

    /// <summary>The text that <see cref="FromName"/> understands, such as "elu(alpha=0.5)"; defaults are left out.</summary>
    public override string ToString() => CustomFunction?.Name ?? ActivationText.Write(this);

    /// <summary>One with a parameter in its range, which messages call <paramref name="name"/>.</summary>
    internal static Activation Create(NoptActivation kind, double parameter, string name) => ActivationTraits.Parameter(kind) switch
    {
        ParameterLimit.None => new Activation(kind),
        ParameterLimit.Positive => new Activation(kind, Require.Positive(parameter, name)),
        _ => new Activation(kind, Require.NotNegative(parameter, name)),
    };
}
