using NativeOpt.Interop;

namespace NativeOpt.Doctor;

/// <summary>What the outputs of a layer can suffer from, by its activation.</summary>
internal static class UnitKind
{
    // So near to an end of the range, as a share of it, the slope is below 5 % of the largest.
    private const float Margin = 0.01f;

    /// <summary>Whether units give 0, and then have no gradient.</summary>
    public static bool IsRelu(Layer layer) => layer.Activation?.Kind is NoptActivation.Relu or NoptActivation.CappedRelu;

    /// <summary>Share of the outputs that are near an end of the range; null where the activation has no such range.</summary>
    public static double? SaturatedShare(Layer layer, ReadOnlySpan<float> output)
    {
        (float low, float high)? range = layer.Activation?.Kind switch
        {
            NoptActivation.Sigmoid or NoptActivation.HardSigmoid => (0, 1),
            NoptActivation.Tanh or NoptActivation.HardTanh => (-1, 1),
            _ => null,
        };
        if (range is not { } ends)
            return null;
        float margin = Margin * (ends.high - ends.low);
        int count = 0;
        foreach (float value in output)
            count += value < ends.low + margin || value > ends.high - margin ? 1 : 0;
        return (double)count / output.Length;
    }
}
