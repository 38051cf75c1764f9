using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Text;

namespace NativeOpt;

/// <summary>
/// How a parameter gets its first values. A string converts: "zeros", "ones", "glorot_uniform", "glorot_normal", "he_uniform",
/// "he_normal" (also "xavier_..." and "kaiming_..."). The values follow from the model's seed and the position of the
/// parameter alone: they are the same on every backend and with any number of threads.
/// </summary>
public abstract record Initializer
{
    private static readonly Dictionary<string, Initializer> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["zeros"] = new Constant(0),
        ["ones"] = new Constant(1),
        ["glorot_uniform"] = new VarianceScaling(1, FanMode.Average, VarianceDistribution.Uniform),
        ["glorot_normal"] = new VarianceScaling(1, FanMode.Average, VarianceDistribution.TruncatedNormal),
        ["he_uniform"] = new VarianceScaling(2, FanMode.Input, VarianceDistribution.Uniform),
        ["he_normal"] = new VarianceScaling(2, FanMode.Input, VarianceDistribution.TruncatedNormal),
    };

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["xavier_uniform"] = "glorot_uniform",
        ["xavier_normal"] = "glorot_normal",
        ["kaiming_uniform"] = "he_uniform",
        ["kaiming_normal"] = "he_normal",
    };

    /// <summary>Only this library adds initializers for now.</summary>
    private protected Initializer() { }

    /// <summary>Every element 0.</summary>
    public static Initializer Zeros => ByName["zeros"];

    /// <summary>Every element 1.</summary>
    public static Initializer Ones => ByName["ones"];

    /// <summary>Uniform with variance 2 / (inputs + outputs) (Glorot and Bengio 2010); the default of kernels.</summary>
    public static Initializer GlorotUniform => ByName["glorot_uniform"];

    /// <summary>Truncated normal with variance 2 / (inputs + outputs) (Glorot and Bengio 2010).</summary>
    public static Initializer GlorotNormal => ByName["glorot_normal"];

    /// <summary>Uniform with variance 2 / inputs (He et al. 2015); for layers under relu.</summary>
    public static Initializer HeUniform => ByName["he_uniform"];

    /// <summary>Truncated normal with variance 2 / inputs (He et al. 2015); for layers under relu.</summary>
    public static Initializer HeNormal => ByName["he_normal"];

    /// <summary>The initializer of that name.</summary>
    /// <exception cref="ArgumentException">There is none; the message has the nearest name.</exception>
    public static implicit operator Initializer(string name) => FromName(name);

    /// <summary>The initializer of that name.</summary>
    /// <exception cref="ArgumentException">There is none; the message has the nearest name.</exception>
    public static Initializer FromName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (ByName.TryGetValue(name, out Initializer? found))
            return found;
        return Aliases.TryGetValue(name, out string? standard)
            ? ByName[standard]
            : throw new ArgumentException(
                NearestName.Explain("initializer", name, [.. ByName.Keys, .. Aliases.Keys]), nameof(name));
    }

    /// <summary>Fills a parameter.</summary>
    /// <param name="target">The parameter, of element type F32 or F64.</param>
    /// <param name="fans">Inputs and outputs of its layer.</param>
    /// <param name="random">Where its random numbers come from.</param>
    /// <param name="backend">Computes uniform numbers.</param>
    internal abstract void Fill(NoptMatrix target, Fans fans, RandomSource random, IBackend backend);
}

/// <summary>Inputs and outputs of a layer: what the variance of its initial weights depends on.</summary>
internal readonly record struct Fans(int Inputs, int Outputs);

/// <summary>One stream of random numbers under one seed.</summary>
internal readonly record struct RandomSource(ulong Seed, ulong Stream);
