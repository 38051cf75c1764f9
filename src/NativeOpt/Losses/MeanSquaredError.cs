using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>The mean over the columns of a row of (prediction - target) squared. Targets [batch, columns].</summary>
public sealed record MeanSquaredError : Loss
{
    /// <inheritdoc/>
    public override string Name => "mean_squared_error";

    /// <inheritdoc/>
    internal override NoptLoss Kind => NoptLoss.MeanSquaredError;
}
