using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Checks;

/// <summary>Which fields of the loss arguments a loss takes.</summary>
/// <param name="Flags">Flags that it takes.</param>
/// <param name="Numbers">Numbers that it takes; the others are 0.</param>
/// <param name="Counts">Whether it has right answers.</param>
/// <param name="TakesClassWeights">Whether the terms of a row's sum can be weighed by class.</param>
internal readonly record struct LossTraits(
    NoptLossFlags Flags, LossTraits.Number Numbers, bool Counts = false, bool TakesClassWeights = false)
{
    private const NoptLossFlags Entropy = NoptLossFlags.FromLogits | NoptLossFlags.Unclipped;

    /// <summary>Numbers of the loss arguments.</summary>
    [Flags]
    public enum Number
    {
        None = 0,
        Delta = 1,
        Gamma = 2,
        Alpha = 4,
        Beta = 8,
        Epsilon = 16,
        LabelSmoothing = 32,
    }

    public static LossTraits Of(NoptLoss loss) => loss switch
    {
        NoptLoss.BinaryCrossEntropy => new(Entropy, Number.LabelSmoothing, Counts: true),
        NoptLoss.CategoricalCrossEntropy => new(Entropy, Number.LabelSmoothing, Counts: true, TakesClassWeights: true),
        NoptLoss.SparseCategoricalCrossEntropy => new(
            Entropy | NoptLossFlags.IgnoreClass, Number.LabelSmoothing, Counts: true, TakesClassWeights: true),
        NoptLoss.MeanAbsolutePercentageError or NoptLoss.MeanSquaredLogarithmicError or NoptLoss.CosineSimilarity =>
            new(0, Number.Epsilon),
        NoptLoss.Huber or NoptLoss.SmoothL1 => new(0, Number.Delta),
        NoptLoss.Poisson => new(NoptLossFlags.LogInput | NoptLossFlags.Full, Number.Epsilon),
        NoptLoss.KlDivergence => new(NoptLossFlags.LogInput | NoptLossFlags.LogTargets, Number.Epsilon),
        NoptLoss.BinaryFocalCrossEntropy => new(
            NoptLossFlags.FromLogits | NoptLossFlags.ClassBalancing, Number.Gamma | Number.Alpha | Number.LabelSmoothing, Counts: true),
        NoptLoss.CategoricalFocalCrossEntropy => new(
            NoptLossFlags.FromLogits, Number.Gamma | Number.Alpha | Number.LabelSmoothing, Counts: true, TakesClassWeights: true),
        NoptLoss.Tversky => new(NoptLossFlags.WholeBatch, Number.Alpha | Number.Beta | Number.Epsilon),
        _ => new(0, Number.None),
    };
}
