using NativeOpt.Interop;
using NativeOpt.Losses;

namespace NativeOpt;

/// <summary>
/// The sum over the columns of a row of t log(t / y), both limited to [epsilon, 1]; the gradient is 0 where y was limited
/// (Kullback and Leibler 1951). Keras KLDivergence. PyTorch's KLDivLoss is this with <see cref="LogInput"/>; its "batchmean" is
/// <see cref="Reduction.SumOverBatchSize"/>, its "mean" <see cref="Reduction.MeanOverElements"/>.
/// </summary>
public sealed record KLDivergence : Loss
{
    /// <summary>
    /// True: the model predicts logarithms of probabilities, and the value is t (log t - y), without limits and 0 where t is 0.
    /// Default false.
    /// </summary>
    public bool LogInput { get; init; }

    /// <summary>True: the targets are logarithms too, and the value is exp(t) (t - y). Needs LogInput. Default false.</summary>
    public bool LogTargets { get; init; }

    /// <summary>The smallest probability; above 0, default 1e-7. Not used with LogInput.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Epsilon { get; init => field = Require.Positive(value, nameof(Epsilon)); } = 1e-7;

    /// <inheritdoc/>
    public override string Name => "kl_divergence";

    /// <inheritdoc/>
    internal override RowValue RowValue => RowValue.Sum;

    /// <inheritdoc/>
    internal override NoptLossArgs Describe(bool fromLogits) => new()
    {
        Loss = (int)NoptLoss.KlDivergence,
        Flags = (uint)((LogInput ? NoptLossFlags.LogInput : 0) | (LogTargets ? NoptLossFlags.LogTargets : 0)),
        Epsilon = Epsilon,
    };

    /// <inheritdoc/>
    internal override void Check()
    {
        if (LogTargets && !LogInput)
            throw new ArgumentException("LogTargets is true and LogInput is false; targets are logarithms only where predictions are");
    }
}
