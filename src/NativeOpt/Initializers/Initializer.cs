using NativeOpt.Backends;
using NativeOpt.Initializers;

namespace NativeOpt;

/// <summary>
/// How a parameter gets its first values. A string converts: "zeros", "glorot_uniform", "random_normal(stddev=0.01)" ... Names and
/// defaults are those of Keras; PyTorch's names are understood too. The values follow from the model's seed and the position of the
/// parameter alone: they are the same on every backend and with any number of threads.
/// </summary>
public abstract record Initializer
{
    /// <summary>Derive from <see cref="CustomInitializer"/>.</summary>
    private protected Initializer() { }

    /// <summary>The names <see cref="FromName"/> knows, without the other spellings.</summary>
    public static IReadOnlyCollection<string> KnownNames => InitializerText.Names;

    /// <summary>Every element 0.</summary>
    public static Initializer Zeros { get; } = new Constant(0);

    /// <summary>Every element 1.</summary>
    public static Initializer Ones { get; } = new Constant(1);

    /// <summary>Uniform with variance 2 / (inputs + outputs) (Glorot and Bengio 2010); the default of kernels.</summary>
    public static Initializer GlorotUniform { get; } = new VarianceScaling(1, FanMode.Average, VarianceDistribution.Uniform);

    /// <summary>Truncated normal with variance 2 / (inputs + outputs) (Glorot and Bengio 2010).</summary>
    public static Initializer GlorotNormal { get; } = new VarianceScaling(1, FanMode.Average);

    /// <summary>Uniform with variance 2 / inputs (He et al. 2015); for layers under relu.</summary>
    public static Initializer HeUniform { get; } = new VarianceScaling(2, FanMode.Input, VarianceDistribution.Uniform);

    /// <summary>Truncated normal with variance 2 / inputs (He et al. 2015); for layers under relu.</summary>
    public static Initializer HeNormal { get; } = new VarianceScaling(2, FanMode.Input);

    /// <summary>Uniform with variance 1 / inputs (LeCun et al. 1998).</summary>
    public static Initializer LecunUniform { get; } = new VarianceScaling(1, FanMode.Input, VarianceDistribution.Uniform);

    /// <summary>Truncated normal with variance 1 / inputs (LeCun et al. 1998); for layers under selu.</summary>
    public static Initializer LecunNormal { get; } = new VarianceScaling(1, FanMode.Input);

    /// <summary>What PyTorch's Linear has for kernel and bias: uniform between plus and minus 1 / sqrt(inputs).</summary>
    public static Initializer TorchDefault { get; } = new VarianceScaling(1.0 / 3, FanMode.Input, VarianceDistribution.Uniform);

    /// <summary>The initializer that a text means, such as "he_normal" or "orthogonal(gain=0.5)".</summary>
    /// <exception cref="ArgumentException">
    /// A name or setting is unknown (the message has the nearest), or a number is out of range.
    /// </exception>
    public static implicit operator Initializer(string name) => FromName(name);

    /// <summary>The initializer that a text means, such as "he_normal" or "orthogonal(gain=0.5)".</summary>
    /// <exception cref="ArgumentException">
    /// A name or setting is unknown (the message has the nearest), or a number is out of range.
    /// </exception>
    public static Initializer FromName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return InitializerText.Parse(name, nameof(name));
    }

    /// <summary>Makes a name mean an initializer of your own, in this process.</summary>
    /// <param name="name">Letters, digits, '_' and '-'; case, '_' and '-' do not matter.</param>
    /// <param name="create">Makes one.</param>
    /// <exception cref="ArgumentException">The name is taken, or is none.</exception>
    public static void Register(string name, Func<Initializer> create)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(create);
        InitializerText.Register(name, create);
    }

    /// <summary>Fills a parameter.</summary>
    /// <param name="target">The parameter and its random numbers.</param>
    /// <param name="backend">Computes uniform numbers.</param>
    internal abstract void Fill(in InitializerTarget target, IBackend backend);
}

/// <summary>Inputs and outputs of a layer: what the variance of its initial weights depends on.</summary>
internal readonly record struct Fans(int Inputs, int Outputs);

/// <summary>One stream of random numbers under one seed.</summary>
internal readonly record struct RandomSource(ulong Seed, ulong Stream);
