namespace NativeOpt;

/// <summary>The leaky rectifier as a layer: x above 0, else negativeSlope x (Maas et al. 2013).</summary>
public sealed class LeakyReLU : ActivationLayer
{
    /// <summary>A layer of leaky relu.</summary>
    /// <param name="negativeSlope">At least 0; 0.3 by default, as Keras' layer has it. PyTorch's has 0.01.</param>
    /// <param name="name">Name of the layer; by default "leaky_re_lu", "leaky_re_lu_1", ...</param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is out of range.</exception>
    /// <exception cref="ArgumentException">The name is empty or has a slash.</exception>
    public LeakyReLU(double negativeSlope = 0.3, string? name = null)
        : base(Activation.LeakyRelu(negativeSlope), "leaky_re_lu", name) { }
}
