using System.Numerics;

namespace NativeOpt.Backends.Managed.Losses;

// Losses of the probabilities of two classes, one element at a time. Targets are smoothed here.

/// <summary>
/// -(t log p + (1 - t) log(1 - p)) with p = y clipped as Keras does; gradient (p - t) / (p (1 - p)), 0 where the clip holds p.
/// </summary>
internal readonly struct BinaryProbabilityLoss<T>(LossSettings<T> settings) : IElementLoss<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T SlopeFactor => T.One;

    public T Value(T y, T target, out T slope)
    {
        T t = settings.Smooth(target);
        T p = Probability.Clip(y);
        slope = Probability.IsClipped(y) ? T.Zero : (p - t) / (p * (T.One - p));
        return -(t * T.Log(p) + (T.One - t) * T.Log(T.One - p));
    }
}

/// <summary>As PyTorch: no clipping, but logarithms of at least -100 and a denominator of at least 1e-12.</summary>
internal readonly struct UnclippedBinaryLoss<T>(LossSettings<T> settings) : IElementLoss<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T SlopeFactor => T.One;

    public T Value(T y, T target, out T slope)
    {
        T lowest = T.CreateTruncating(-100);
        T t = settings.Smooth(target);
        slope = (y - t) / T.Max(y * (T.One - y), T.CreateTruncating(1e-12));
        return -(t * T.Max(T.Log(y), lowest) + (T.One - t) * T.Max(LossMath.LogOnePlus(-y), lowest));
    }
}

/// <summary>
/// p = sigmoid(y). The value is max(y, 0) - y t + log(1 + exp(-|y|)), which neither overflows nor cancels; the gradient is p - t.
/// </summary>
internal readonly struct BinaryLogitLoss<T>(LossSettings<T> settings) : IElementLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T SlopeFactor => T.One;

    public T Value(T y, T target, out T slope)
    {
        T t = settings.Smooth(target);
        T e = T.Exp(-T.Abs(y));
        slope = LossMath.SigmoidFromExp(y, e) - t;
        return T.Max(y, T.Zero) - y * t + LossMath.LogOnePlus(e);
    }
}

/// <summary>
/// q^gamma times the cross-entropy, q = t (1 - p) + (1 - t) p the probability of being wrong (Lin et al. 2017). The derivative
/// with respect to the logit is gamma q^(gamma - 1) (1 - 2t) p (1 - p) crossentropy + q^gamma (p - t).
/// </summary>
internal readonly struct BinaryFocalLogitLoss<T>(LossSettings<T> settings) : IElementLoss<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T SlopeFactor => T.One;

    public T Value(T y, T target, out T slope)
    {
        T t = settings.Smooth(target);
        T e = T.Exp(-T.Abs(y));
        T p = LossMath.SigmoidFromExp(y, e);
        T rest = LossMath.SigmoidFromExp(-y, e);
        T entropy = T.Max(y, T.Zero) - y * t + LossMath.LogOnePlus(e);
        T q = t * rest + (T.One - t) * p;
        var power = new FocalPower<T>(settings.Gamma);
        T raised = power.Of(q);
        T weight = FocalPower<T>.ClassWeight(settings, t);
        T first = power.Slope(q, raised) * (T.One - (t + t)) * (p * rest * entropy);
        slope = weight * (first + raised * (p - t));
        return weight * (raised * entropy);
    }
}

/// <summary>The same of probabilities: the cross-entropy is of p = y clipped, the power of y as it is, as in Keras.</summary>
internal readonly struct BinaryFocalProbabilityLoss<T>(LossSettings<T> settings) : IElementLoss<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static T SlopeFactor => T.One;

    public T Value(T y, T target, out T slope)
    {
        T t = settings.Smooth(target);
        T p = Probability.Clip(y);
        T entropy = -(t * T.Log(p) + (T.One - t) * T.Log(T.One - p));
        T q = t * (T.One - y) + (T.One - t) * y;
        var power = new FocalPower<T>(settings.Gamma);
        T raised = power.Of(q);
        T weight = FocalPower<T>.ClassWeight(settings, t);
        T entropySlope = Probability.IsClipped(y) ? T.Zero : (p - t) / (p * (T.One - p));
        slope = weight * (power.Slope(q, raised) * (T.One - (t + t)) * entropy + raised * entropySlope);
        return weight * (raised * entropy);
    }
}
