using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>Adds normal numbers of mean 0 in training. Gradients pass unchanged.</summary>
public sealed class GaussianNoise : RandomLayer
{
    /// <summary>A noise layer.</summary>
    /// <param name="stddev">Standard deviation of what is added, finite and not negative: a number or a schedule.</param>
    /// <param name="seed">Decides the numbers; null: they follow from the model's seed.</param>
    /// <param name="name">Name of the layer; by default "gaussian_noise", "gaussian_noise_1", ...</param>
    /// <exception cref="ArgumentOutOfRangeException">The standard deviation is outside its range.</exception>
    /// <exception cref="ArgumentException">The name is empty or has a slash.</exception>
    public GaussianNoise(ScheduledValue stddev, long? seed = null, string? name = null) : base(seed, name) => Stddev = stddev;

    /// <summary>
    /// Standard deviation of what is added, finite and not negative. May be set between two steps; a schedule counts the training
    /// steps of the model.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside its range.</exception>
    public ScheduledValue Stddev
    {
        get;
        set
        {
            Require.NotNegative(value.InitialValue, nameof(Stddev));
            field = value;
        }
    }

    /// <inheritdoc/>
    internal override string TypeName => "gaussian_noise";

    /// <inheritdoc/>
    internal override bool PassesGradient(LayerPass pass) => true;

    /// <inheritdoc/>
    private protected override void Describe(ref NoptNoiseArgs args, long step, bool isBackward) =>
        (args.Noise, args.Scale) = ((int)NoptNoise.Gaussian, Require.NotNegative(Stddev.ValueAt(step), nameof(Stddev)));
}
