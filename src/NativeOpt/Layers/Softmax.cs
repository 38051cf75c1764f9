namespace NativeOpt;

/// <summary>Softmax along the outputs as a layer: exp(x) / sum exp(x). A cross-entropy behind it is computed together with it.</summary>
public sealed class Softmax : ActivationLayer
{
    /// <summary>A layer of softmax.</summary>
    /// <param name="name">Name of the layer; by default "softmax", "softmax_1", ...</param>
    /// <exception cref="ArgumentException">The name is empty or has a slash.</exception>
    public Softmax(string? name = null) : base(Activation.Softmax, "softmax", name) { }
}
