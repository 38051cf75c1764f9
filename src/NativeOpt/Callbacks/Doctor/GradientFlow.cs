namespace NativeOpt.Doctor;

/// <summary>
/// Whether the gradient shrinks or grows far too much on its way back through the layers: the root mean square of the gradient of what
/// each layer gives, against that of the last layer. For rows one by one it does not cancel out as their sum in the biases does.
/// </summary>
internal sealed class GradientFlow
{
    private const int VanishingLooks = 3, ExplodingLooks = 2, ReferenceLooks = 3;
    private const double Nothing = 1e-20;
    private const double Growth = 1000;

    private int _vanishing;
    private int _exploding;
    private int _grown;
    private int _looks;
    private double _referenceSum;

    /// <summary>What was found, or null.</summary>
    /// <param name="examination">The measures.</param>
    /// <param name="vanishingLimit">The smallest ratio.</param>
    /// <param name="explodingLimit">The largest.</param>
    /// <param name="lossIsHigh">Whether the loss is far higher than at the beginning.</param>
    public Found? Look(Examination examination, double vanishingLimit, double explodingLimit, bool lossIsHigh)
    {
        const string measure = "gradient of its outputs against that of the last layer's";
        (LayerVitals Layer, double Ratio)? small = null, large = null;
        double last = examination.Layers[^1].OutputGradient ?? 0;
        for (int i = examination.Layers.Count - 2; i >= 0 && last > Nothing; i--)
        {
            if (examination.Layers[i].OutputGradient is not { } gradient)
                continue;
            double ratio = gradient / last;
            if (ratio < vanishingLimit)
                small ??= (examination.Layers[i], ratio);
            if (ratio > explodingLimit)
                large ??= (examination.Layers[i], ratio);
        }
        _vanishing = small is null ? 0 : _vanishing + 1;
        _exploding = large is null ? 0 : _exploding + 1;
        if (_exploding >= ExplodingLooks)
            return new Found(TrainingIllness.ExplodingGradients, large!.Value.Layer.Layer, measure, large.Value.Ratio, explodingLimit);
        if (_vanishing >= VanishingLooks)
            return new Found(TrainingIllness.VanishingGradients, small!.Value.Layer.Layer, measure, small.Value.Ratio, vanishingLimit);
        return LookAtGrowth(examination.GradientNorm, lossIsHigh);
    }

    // From a flat beginning a healthy gradient may grow as much, but the loss then falls.
    private Found? LookAtGrowth(double norm, bool lossIsHigh)
    {
        if (_looks++ < ReferenceLooks)
        {
            _referenceSum += norm;
            return null;
        }
        double limit = Growth * _referenceSum / ReferenceLooks;
        _grown = norm > limit && lossIsHigh ? _grown + 1 : 0;
        return _grown < ExplodingLooks
            ? null
            : new Found(TrainingIllness.ExplodingGradients, null, "length of the gradient", norm, limit);
    }

    /// <summary>Something that is out of its limits.</summary>
    public sealed record Found(TrainingIllness Illness, string? Layer, string Measure, double Value, double Limit);
}
