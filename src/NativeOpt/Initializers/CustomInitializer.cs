using NativeOpt.Backends;
using NativeOpt.Initializers;
using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>An initializer of your own: derive a record and write <see cref="Fill(Span{float}, ParameterInfo)"/>.</summary>
/// <example>
/// <code>
/// public sealed record Alternating : CustomInitializer
/// {
///     protected override void Fill(Span&lt;float&gt; values, ParameterInfo parameter)
///     {
///         for (int i = 0; i &lt; values.Length; i++)
///             values[i] = (i % 2 == 0 ? 1f : -1f) / parameter.Inputs;
///     }
/// }
/// Initializer.Register("alternating", () => new Alternating());
/// </code>
/// </example>
public abstract record CustomInitializer : Initializer
{
    /// <summary>Writes all elements of a parameter, which are 0 before, in row-major order.</summary>
    /// <param name="values">The parameter.</param>
    /// <param name="parameter">What it is, and random numbers for it.</param>
    protected abstract void Fill(Span<float> values, ParameterInfo parameter);

    /// <inheritdoc/>
    internal sealed override unsafe void Fill(in InitializerTarget target, IBackend backend)
    {
        var info = new ParameterInfo(target);
        if (target.Matrix.Dtype == (int)NoptDtype.F32)
        {
            Fill(new Span<float>(target.Matrix.Data, checked((int)target.Count)), info);
            return;
        }
        var values = new float[target.Count];
        Fill(values, info);
        for (int i = 0; i < values.Length; i++)
            target.Write(i, values[i]);
    }
}

/// <summary>A parameter that an initializer of your own fills.</summary>
public sealed class ParameterInfo
{
    private readonly RandomSource _random;

    internal ParameterInfo(in InitializerTarget target) =>
        (Name, Shape, Inputs, Outputs, _random) = (target.Name, target.Shape, target.Fans.Inputs, target.Fans.Outputs, target.Random);

    /// <summary>"{layer}/kernel", "{layer}/bias" ...</summary>
    public string Name { get; }

    /// <summary>Sizes: [inputs, outputs] for a kernel, [outputs] for a bias.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Inputs of the layer.</summary>
    public int Inputs { get; }

    /// <summary>Outputs of the layer.</summary>
    public int Outputs { get; }

    /// <summary>
    /// A uniform number above 0 and below 1. It follows from the seed of the model, the parameter and <paramref name="index"/> alone,
    /// so a model starts the same on every backend.
    /// </summary>
    public double Uniform(long index) => NormalDeviates.Fraction(_random, index);

    /// <summary>A standard normal number, as <see cref="Uniform"/>; the two are not independent at one index.</summary>
    public double Normal(long index) => NormalDeviates.At(_random, index);
}
