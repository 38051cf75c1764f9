using System.Numerics;
using System.Numerics.Tensors;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Losses;

/// <summary>The targets of a row, wherever they come from; those of categorical losses are smoothed and weighed by class.</summary>
internal static unsafe class CategoricalTargets
{
    /// <summary>The class number of a row of the sparse loss.</summary>
    public static int Label(in NoptMatrix targets, long row) => ((int*)targets.Data)[row * targets.Stride];

    /// <summary>The row itself where nothing has to be done to it, else scratch memory.</summary>
    public static ReadOnlySpan<T> Of<T>(in LossSettings<T> settings, in NoptMatrix targets, long row, int columns, Scratch scratch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool isCategorical = settings.IsSparse
            || settings.Loss is NoptLoss.CategoricalCrossEntropy or NoptLoss.CategoricalFocalCrossEntropy;
        if (!settings.IsSparse && (!isCategorical || settings.HasPlainTargets))
            return new MatrixRows<T>(targets)[row];
        Span<T> result = scratch.Row<T>(Scratch.Purpose.Targets, columns);
        if (settings.IsSparse)
        {
            result.Fill(settings.Spread);
            result[Label(targets, row)] = settings.Kept + settings.Spread;
        }
        else
        {
            ReadOnlySpan<T> t = new MatrixRows<T>(targets)[row];
            for (int i = 0; i < result.Length; i++)
                result[i] = settings.Smooth(t[i]);
        }
        if (!settings.ClassWeights.IsEmpty)
            TensorPrimitives.Multiply(result, settings.ClassWeights, result);
        return result;
    }
}
