using System.Numerics;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Losses;

/// <summary>Chooses among the losses that are sums over the columns.</summary>
internal static class ElementwiseLosses
{
    public static double Run<T>(in LossSettings<T> settings, in LossRow<T> row) where T : unmanaged, IFloatingPointIeee754<T> =>
        settings.Loss switch
        {
            NoptLoss.BinaryCrossEntropy => Binary(settings, row),
            NoptLoss.BinaryFocalCrossEntropy => settings.Has(NoptLossFlags.FromLogits)
                ? ElementwiseLoss.Mean(new BinaryFocalLogitLoss<T>(settings), row)
                : ElementwiseLoss.Mean(new BinaryFocalProbabilityLoss<T>(settings), row),
            NoptLoss.MeanAbsoluteError => ElementwiseLoss.Mean(default(AbsoluteErrorLoss<T>), row),
            NoptLoss.MeanAbsolutePercentageError => ElementwiseLoss.Mean(new PercentageErrorLoss<T>(settings.Epsilon), row),
            NoptLoss.MeanSquaredLogarithmicError => ElementwiseLoss.Mean(new SquaredLogarithmicErrorLoss<T>(settings.Epsilon), row),
            NoptLoss.Huber => ElementwiseLoss.Mean(new HuberLoss<T>(settings.Delta), row),
            NoptLoss.SmoothL1 => ElementwiseLoss.Mean(new SmoothL1Loss<T>(settings.Delta), row),
            NoptLoss.LogCosh => ElementwiseLoss.Mean(default(LogCoshLoss<T>), row),
            NoptLoss.Poisson => Poisson(settings, row),
            NoptLoss.KlDivergence => Divergence(settings, row),
            NoptLoss.Hinge => ElementwiseLoss.Mean(new HingeLoss<T>(settings.ZeroIsMinusOne), row),
            NoptLoss.SquaredHinge => ElementwiseLoss.Mean(
                new SquaredHingeLoss<T>(new HingeLoss<T>(settings.ZeroIsMinusOne)), row),
            _ => ElementwiseLoss.Mean(default(SquaredErrorLoss<T>), row),
        };

    private static double Binary<T>(in LossSettings<T> settings, in LossRow<T> row) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (settings.Has(NoptLossFlags.FromLogits))
            return ElementwiseLoss.Mean(new BinaryLogitLoss<T>(settings), row);
        return settings.Has(NoptLossFlags.Unclipped)
            ? ElementwiseLoss.Mean(new UnclippedBinaryLoss<T>(settings), row)
            : ElementwiseLoss.Mean(new BinaryProbabilityLoss<T>(settings), row);
    }

    private static double Poisson<T>(in LossSettings<T> settings, in LossRow<T> row) where T : unmanaged, IFloatingPointIeee754<T> =>
        ElementwiseLoss.Mean(
            new PoissonLoss<T>(settings.Epsilon, settings.Has(NoptLossFlags.LogInput), settings.Has(NoptLossFlags.Full)), row);

    // A sum over the columns, not a mean.
    private static double Divergence<T>(in LossSettings<T> settings, in LossRow<T> row)
        where T : unmanaged, IFloatingPointIeee754<T> => settings.Has(NoptLossFlags.LogInput)
            ? ElementwiseLoss.Sum(new LogDivergenceLoss<T>(settings.Has(NoptLossFlags.LogTargets)), row, 1)
            : ElementwiseLoss.Sum(new DivergenceLoss<T>(settings.Epsilon), row, 1);
}
