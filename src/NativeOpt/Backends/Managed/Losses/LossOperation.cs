using System.Numerics;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Losses;

/// <summary>The loss operation: row by row the value, the gradient and the number of right answers. Sums are in double.</summary>
internal static unsafe class LossOperation
{
    public static void Run(NoptLossArgs* args, Scratch scratch)
    {
        if ((NoptDtype)args->Y.Dtype == NoptDtype.F64)
            Run<double>(args, scratch);
        else
            Run<float>(args, scratch);
    }

    private static void Run<T>(NoptLossArgs* args, Scratch scratch) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var settings = new LossSettings<T>(args);
        if (settings.Has(NoptLossFlags.WholeBatch))
        {
            double value = TverskyIndex.OfBatch(args, settings);
            if (args->LossSum != null)
                *args->LossSum = value;
            return;
        }
        var y = new MatrixRows<T>(args->Y);
        var dy = new MatrixRows<T>(args->Dy);
        var weights = new MatrixRows<T>(args->SampleWeights);
        double sum = 0;
        long correct = 0;
        for (long i = 0; i < y.Rows; i++)
        {
            double weight = weights.IsPresent ? double.CreateTruncating(weights[i][0]) : 1;
            // Counted first: dy may be y.
            if (args->CorrectCount != null)
                correct += RightAnswers.Count(settings, y[i], args->Targets, i);
            Span<T> gradient = dy.IsPresent ? dy[i] : default;
            if (IsIgnored(args, i))
                gradient.Clear();
            else
                sum += weight * Row(settings, y[i], args->Targets, i, gradient, T.CreateTruncating(args->GradientScale * weight), scratch);
        }
        if (args->LossSum != null)
            *args->LossSum = sum;
        if (args->CorrectCount != null)
            *args->CorrectCount = correct;
    }

    /// <summary>The value of one row; writes its gradient where the span is not empty.</summary>
    private static double Row<T>(
        in LossSettings<T> settings, ReadOnlySpan<T> y, in NoptMatrix targets, long index, Span<T> dy, T scale, Scratch scratch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int label = settings.IsSparse ? CategoricalTargets.Label(targets, index) : -1;
        bool plainLabel = settings.IsSparse && settings.HasPlainTargets && !settings.Has(NoptLossFlags.Unclipped);
        var row = new LossRow<T>
        {
            Y = y,
            T = plainLabel ? default : CategoricalTargets.Of(settings, targets, index, y.Length, scratch),
            Dy = dy,
            Scale = scale,
        };
        if (!plainLabel)
            return Row(settings, row, scratch);
        return settings.Has(NoptLossFlags.FromLogits)
            ? CategoricalCrossEntropy.SparseLogits(row, label, scratch.Row<T>(Scratch.Purpose.Row, y.Length))
            : CategoricalCrossEntropy.SparseProbabilities(row, label);
    }

    private static double Row<T>(in LossSettings<T> settings, in LossRow<T> row, Scratch scratch)
        where T : unmanaged, IFloatingPointIeee754<T> => settings.Loss switch
        {
            NoptLoss.CategoricalCrossEntropy or NoptLoss.SparseCategoricalCrossEntropy => Categorical(settings, row, scratch),
            NoptLoss.CategoricalFocalCrossEntropy => Focal(settings, row, scratch),
            NoptLoss.CosineSimilarity => SimilarityLosses.Cosine(row, settings.Epsilon),
            NoptLoss.Tversky => TverskyIndex.OfRow(row, settings),
            NoptLoss.CategoricalHinge => SimilarityLosses.CategoricalHinge(row),
            _ => ElementwiseLosses.Run(settings, row),
        };

    private static double Categorical<T>(in LossSettings<T> settings, in LossRow<T> row, Scratch scratch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (settings.Has(NoptLossFlags.FromLogits))
            return CategoricalCrossEntropy.Logits(row, scratch.Row<T>(Scratch.Purpose.Row, row.Y.Length));
        return settings.Has(NoptLossFlags.Unclipped)
            ? CategoricalCrossEntropy.Unclipped(row)
            : CategoricalCrossEntropy.Probabilities(row);
    }

    private static double Focal<T>(in LossSettings<T> settings, in LossRow<T> row, Scratch scratch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> u = scratch.Row<T>(Scratch.Purpose.Row, row.Y.Length);
        return settings.Has(NoptLossFlags.FromLogits)
            ? CategoricalFocal.Logits(row, settings, scratch.Row<T>(Scratch.Purpose.SecondRow, row.Y.Length), u)
            : CategoricalFocal.Probabilities(row, settings, u);
    }

    private static bool IsIgnored(NoptLossArgs* args, long row) =>
        (args->Flags & (uint)NoptLossFlags.IgnoreClass) != 0 && CategoricalTargets.Label(args->Targets, row) == args->IgnoreClass;
}
