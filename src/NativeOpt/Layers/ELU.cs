namespace NativeOpt;

/// <summary>The exponential linear unit as a layer: x above 0, else alpha (exp(x) - 1) (Clevert et al. 2016).</summary>
public sealed class ELU : ActivationLayer
{
    /// <summary>A layer of elu.</summary>
    /// <param name="alpha">At least 0; 1 by default.</param>
    /// <param name="name">Name of the layer; by default "elu", "elu_1", ...</param>
    /// <exception cref="ArgumentOutOfRangeException">Alpha is out of range.</exception>
    /// <exception cref="ArgumentException">The name is empty or has a slash.</exception>
    public ELU(double alpha = 1, string? name = null) : base(Activation.Elu(alpha), "elu", name) { }
}
