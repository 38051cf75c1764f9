using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>
/// A loss of your own: the value of a row and its gradient, in C#. It runs between the forward and the backward pass of either
/// backend; sample weights, reduction and label checks are applied around it. <see cref="Loss.Register"/> gives it a name for
/// strings; <see cref="GradientError"/> compares the gradient with the slope of the value.
/// </summary>
/// <example>
/// <code>
/// public sealed record QuarticError : CustomLoss
/// {
///     public override string Name => "quartic_error";
///
///     public override double Compute(ReadOnlySpan&lt;float&gt; prediction, ReadOnlySpan&lt;float&gt; target, Span&lt;float&gt; gradient)
///     {
///         double sum = 0;
///         for (int i = 0; i &lt; prediction.Length; i++)
///         {
///             double d = prediction[i] - target[i];
///             sum += d * d * d * d;
///             if (!gradient.IsEmpty)
///                 gradient[i] = (float)(4 * d * d * d);
///         }
///         return sum;
///     }
/// }
/// </code>
/// </example>
public abstract record CustomLoss : Loss
{
    /// <summary>
    /// Whether targets are class numbers: <see cref="Compute"/> then gets a target of one element, the number. False by default:
    /// targets are rows as wide as the prediction.
    /// </summary>
    public virtual bool UsesLabels => false;

    /// <inheritdoc/>
    internal sealed override bool TakesLabels => UsesLabels;

    /// <summary>
    /// The value of one row. Called for the rows of a batch in order, from the thread that trains; it should not allocate. The
    /// model cannot be called from here.
    /// </summary>
    /// <param name="prediction">The outputs of the model, after the last activation.</param>
    /// <param name="target">As many numbers, or one class number.</param>
    /// <param name="gradient">
    /// To be filled with the derivative of the value with respect to each prediction; empty where no gradient is wanted.
    /// </param>
    /// <returns>The value, which training makes small.</returns>
    public abstract double Compute(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, Span<float> gradient);

    /// <summary>
    /// The largest difference between the gradient and central differences of the value, relative to the larger of the slope and
    /// 1. Values are rounded to float at the prediction, so that 1e-3 is as good as 0.
    /// </summary>
    /// <param name="prediction">Where to look; not at a bend of the loss.</param>
    /// <param name="target">The target.</param>
    /// <param name="step">How far predictions are moved; above 0.</param>
    public double GradientError(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float step = 1e-2f)
    {
        Require.Positive(step, nameof(step));
        var gradient = new float[prediction.Length];
        Compute(prediction, target, gradient);
        float[] moved = prediction.ToArray();
        double error = 0;
        for (int i = 0; i < moved.Length; i++)
        {
            moved[i] = prediction[i] + step;
            double above = Compute(moved, target, []);
            float high = moved[i];
            moved[i] = prediction[i] - step;
            double below = Compute(moved, target, []);
            double slope = (above - below) / ((double)high - moved[i]);
            moved[i] = prediction[i];
            double difference = Math.Abs(slope - gradient[i]) / Math.Max(1, Math.Abs(slope));
            error = double.IsNaN(difference) ? double.NaN : Math.Max(error, difference);
        }
        return error;
    }

    /// <inheritdoc/>
    internal sealed override NoptLossArgs Describe(bool fromLogits) =>
        throw new InvalidOperationException($"the loss '{Name}' is computed in C#");
}
