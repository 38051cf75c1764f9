namespace NativeOpt;

/// <summary>The rectifier as a layer: max(x, 0), limited or with a slope below 0 where asked.</summary>
public sealed class ReLU : ActivationLayer
{
    /// <summary>A layer of relu.</summary>
    /// <param name="maxValue">Largest output, greater than 0; none by default.</param>
    /// <param name="negativeSlope">Slope below 0, at least 0; 0 by default. Not together with maxValue.</param>
    /// <param name="name">Name of the layer; by default "re_lu", "re_lu_1", ...</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="ArgumentException">Both numbers are given; or the name is empty or has a slash.</exception>
    public ReLU(double? maxValue = null, double negativeSlope = 0, string? name = null)
        : base(Choose(maxValue, negativeSlope), "re_lu", name) { }

    private static Activation Choose(double? maxValue, double negativeSlope)
    {
        if (maxValue is { } limit && negativeSlope != 0)
            throw new ArgumentException(
                "maxValue and negativeSlope cannot both be given; leave one of them out", nameof(negativeSlope));
        if (maxValue is { } cap)
            return Activation.CappedRelu(cap);
        return negativeSlope == 0 ? Activation.Relu : Activation.LeakyRelu(negativeSlope);
    }
}
