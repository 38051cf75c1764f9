using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>
/// Multiplies the numbers in training with normal ones of mean 1 and standard deviation sqrt(rate / (1 - rate)), as dropout of that
/// rate has (Srivastava et al. 2014, section 10).
/// </summary>
public sealed class GaussianDropout : RandomLayer
{
    /// <summary>A Gaussian dropout layer.</summary>
    /// <param name="rate">That of the dropout with the same variance, in [0, 1): a number or a schedule.</param>
    /// <param name="seed">Decides the factors; null: they follow from the model's seed.</param>
    /// <param name="name">Name of the layer; by default "gaussian_dropout", "gaussian_dropout_1", ...</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside its range.</exception>
    /// <exception cref="ArgumentException">The name is empty or has a slash.</exception>
    public GaussianDropout(ScheduledValue rate, long? seed = null, string? name = null) : base(seed, name) => Rate = rate;

    /// <summary>
    /// That of the dropout with the same variance, in [0, 1). May be set between two steps; a schedule counts the training steps of
    /// the model.
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
    internal override string TypeName => "gaussian_dropout";

    /// <inheritdoc/>
    private protected override void Describe(ref NoptNoiseArgs args, long step, bool isBackward)
    {
        double rate = Require.DecayRate(Rate.ValueAt(step), nameof(Rate));
        (args.Noise, args.Scale) = ((int)NoptNoise.GaussianFactor, Math.Sqrt(rate / (1 - rate)));
    }
}
