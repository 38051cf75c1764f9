using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>
/// Sets a share of the numbers to 0 in training and divides the others by the share that is kept, so that the sum stays what it was
/// on average (Srivastava et al. 2014, inverted). At rate 1 everything is 0.
/// </summary>
public sealed class Dropout : RandomLayer
{
    /// <summary>A dropout layer.</summary>
    /// <param name="rate">Share of the numbers that become 0, in [0, 1]: a number or a schedule.</param>
    /// <param name="seed">Decides which; null: they follow from the model's seed.</param>
    /// <param name="name">Name of the layer; by default "dropout", "dropout_1", ...</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside its range.</exception>
    /// <exception cref="ArgumentException">The name is empty or has a slash.</exception>
    public Dropout(ScheduledValue rate, long? seed = null, string? name = null) : base(seed, name) => Rate = rate;

    /// <summary>
    /// Share of the numbers that become 0, in [0, 1]. May be set between two steps; a schedule counts the training steps of the model.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside its range.</exception>
    public ScheduledValue Rate
    {
        get;
        set
        {
            Require.Fraction(value.InitialValue, nameof(Rate));
            field = value;
        }
    }

    /// <inheritdoc/>
    internal override string TypeName => "dropout";

    /// <inheritdoc/>
    private protected override void Describe(ref NoptNoiseArgs args, long step, bool isBackward)
    {
        double rate = Require.Fraction(Rate.ValueAt(step), nameof(Rate));
        (args.Noise, args.Rate, args.Scale) = ((int)NoptNoise.Dropout, rate, rate < 1 ? 1 / (1 - rate) : 0);
    }
}
