using NativeOpt.Interop;
using NativeOpt.Saving;

namespace NativeOpt;

/// <summary>
/// Divides every row by its root mean square, then scales each column: y = scale x / sqrt(mean(x^2) + epsilon) (Zhang and Sennrich
/// 2019). It does the same in training and prediction.
/// </summary>
public sealed class RMSNormalization : Normalization
{
    // What torch.finfo(torch.float32).eps is, PyTorch's default.
    private const double SinglePrecision = 1.1920928955078125e-7;

    /// <summary>A root-mean-square normalization layer.</summary>
    /// <param name="epsilon">
    /// Added to the mean square: 1e-6 by default, 2^-23 under PyTorch's convention. Greater than 0.
    /// </param>
    /// <param name="scaleInitializer">First values of the scale; "ones" by default.</param>
    /// <param name="convention">Whose default of epsilon: Keras by default.</param>
    /// <param name="name">Name of the layer; by default "rms_normalization", "rms_normalization_1", ...</param>
    /// <exception cref="ArgumentOutOfRangeException">epsilon is outside its range.</exception>
    /// <exception cref="ArgumentException">The name is empty or has a slash.</exception>
    public RMSNormalization(
        double? epsilon = null, Initializer? scaleInitializer = null, Convention convention = Convention.Keras, string? name = null)
        : base(name)
    {
        Epsilon = Require.Positive(epsilon ?? (convention == Convention.PyTorch ? SinglePrecision : 1e-6), nameof(epsilon));
        Convention = convention;
        GammaInitializer = scaleInitializer ?? Initializer.Ones;
    }

    /// <summary>The settings, without those at their defaults.</summary>
    internal ScheduleSettings GetSettings() => new ScheduleSettings { ["epsilon"] = Epsilon }
        .With("scale_initializer", ModelFormat.TextOf(GammaInitializer, Initializer.Ones))
        .With("convention", Convention, Convention.Keras);

    /// <inheritdoc/>
    internal override string TypeName => "rms_normalization";

    /// <inheritdoc/>
    private protected override NoptNormalization Kind => NoptNormalization.Rms;

    /// <inheritdoc/>
    private protected override string GammaName => "scale";

    /// <inheritdoc/>
    internal override IReadOnlyList<BufferDescription> DescribeBuffers() => [new(1)];
}
