using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>
/// Dropout for layers under SELU: a share of the numbers becomes SELU's negative saturation value, then all are scaled and moved so
/// that mean 0 and variance 1 stay what they are (Klambauer et al. 2017, "Self-Normalizing Neural Networks").
/// </summary>
public sealed class AlphaDropout : RandomLayer
{
    // -alpha * scale of SELU: its limit for large negative numbers.
    private const double Saturation = -1.6732632423543772 * 1.0507009873554805;

    /// <summary>An alpha dropout layer.</summary>
    /// <param name="rate">Share of the numbers that are replaced, in [0, 1): a number or a schedule.</param>
    /// <param name="seed">Decides which; null: they follow from the model's seed.</param>
    /// <param name="name">Name of the layer; by default "alpha_dropout", "alpha_dropout_1", ...</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside its range.</exception>
    /// <exception cref="ArgumentException">The name is empty or has a slash.</exception>
    public AlphaDropout(ScheduledValue rate, long? seed = null, string? name = null) : base(seed, name) => Rate = rate;

    /// <summary>
    /// Share of the numbers that are replaced, in [0, 1). May be set between two steps; a schedule counts the training steps of the
    /// model.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside its range.</exception>
    public ScheduledValue Rate
    {
        get;
        set
        {
            Require.DecayRate(value.InitialValue, nameof(Rate));
            field = value;
        }
    }

    /// <inheritdoc/>
    internal override string TypeName => "alpha_dropout";

    /// <inheritdoc/>
    private protected override void Describe(ref NoptNoiseArgs args, long step, bool isBackward)
    {
        double rate = Require.DecayRate(Rate.ValueAt(step), nameof(Rate));
        // y = a x + b, with x = Saturation where replaced: equation 3 of the paper's section on alpha dropout.
        double a = 1 / Math.Sqrt((1 - rate) * (1 + rate * Saturation * Saturation));
        double b = -a * Saturation * rate;
        (args.Noise, args.Rate, args.Scale) = ((int)NoptNoise.Dropout, rate, a);
        (args.Shift, args.Dropped) = isBackward ? (0, 0) : (b, a * Saturation + b);
    }
}
