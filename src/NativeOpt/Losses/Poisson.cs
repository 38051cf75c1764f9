using NativeOpt.Interop;
using NativeOpt.Losses;

namespace NativeOpt;

/// <summary>
/// The mean over the columns of a row of y - t log(y + epsilon), y the predicted rate, t the count. Keras Poisson; PyTorch's
/// PoissonNLLLoss has <see cref="LogInput"/> on and an epsilon of 1e-8 by default.
/// </summary>
public sealed record Poisson : Loss
{
    /// <summary>True: the model predicts the logarithm of the rate, and the value is exp(y) - t y. Default false.</summary>
    public bool LogInput { get; init; }

    /// <summary>
    /// True: adds Stirling's approximation of log(t!), t log t - t + log(2 pi t) / 2, where t is above 1. It does not depend on
    /// the prediction. Default false.
    /// </summary>
    public bool Full { get; init; }

    /// <summary>Keeps the logarithm of a rate of 0 finite; at least 0, default 1e-7.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double Epsilon { get; init => field = Require.NotNegative(value, nameof(Epsilon)); } = 1e-7;

    /// <inheritdoc/>
    public override string Name => "poisson";

    /// <inheritdoc/>
    internal override RowValue RowValue => RowValue.Mean;

    /// <inheritdoc/>
    internal override NoptLossArgs Describe(bool fromLogits) => new()
    {
        Loss = (int)NoptLoss.Poisson,
        Flags = (uint)((LogInput ? NoptLossFlags.LogInput : 0) | (Full ? NoptLossFlags.Full : 0)),
        Epsilon = Epsilon,
    };
}
