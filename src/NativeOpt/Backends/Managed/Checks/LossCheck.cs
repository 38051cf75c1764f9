using NativeOpt.Interop;
using static NativeOpt.Backends.Managed.Checks.MatrixCheck;

namespace NativeOpt.Backends.Managed.Checks;

/// <summary>Checks of the loss operation, the labels included.</summary>
internal static unsafe class LossCheck
{
    private const uint KnownFlags = (uint)(NoptLossFlags.FromLogits | NoptLossFlags.IgnoreClass | NoptLossFlags.ClassBalancing
        | NoptLossFlags.Unclipped | NoptLossFlags.LogInput | NoptLossFlags.LogTargets | NoptLossFlags.Full
        | NoptLossFlags.WholeBatch);

    public static void Check(in OpSite site, in NoptLossArgs args)
    {
        CheckKind(site, args);
        CheckNumbers(site, args);
        CheckMatrices(site, args);
        site.CheckAligned("loss_sum", args.LossSum, sizeof(double));
        site.CheckAligned("correct_count", args.CorrectCount, sizeof(long));
        var buffers = new BufferList();
        if (!AreSame(args.Y, args.Dy))
            buffers.AddInput("y", args.Y);
        buffers.AddInput("targets", args.Targets);
        buffers.AddInput("sample_weights", args.SampleWeights);
        buffers.AddInput("class_weights", args.ClassWeights);
        buffers.AddOutput("dy", args.Dy);
        buffers.AddOutput("loss_sum", args.LossSum, sizeof(double));
        buffers.AddOutput("correct_count", args.CorrectCount, sizeof(long));
        buffers.Check(site);
        if (IsSparse(args))
            CheckLabels(site, args);
    }

    private static void CheckKind(in OpSite site, in NoptLossArgs args)
    {
        const int last = (int)NoptLoss.Tversky;
        if (args.Loss is < (int)NoptLoss.MeanSquaredError or > last)
            site.Fail($"loss is {args.Loss}, and must be 0 to {last}");
        LossTraits traits = Traits(args);
        site.CheckFlags(args.Flags, KnownFlags);
        if ((args.Flags & ~(uint)traits.Flags) != 0)
            site.Fail($"flags is 0x{args.Flags:x}, and loss {args.Loss} takes only bits of 0x{(uint)traits.Flags:x}");
        CheckFlagPairs(site, args);
        if (!Has(args, NoptLossFlags.IgnoreClass) && args.IgnoreClass != 0)
            site.Fail($"ignore_class is {args.IgnoreClass}, and must be 0 without flag 0x{(uint)NoptLossFlags.IgnoreClass:x}");
        site.CheckFinite("gradient_scale", args.GradientScale, args.Y.Dtype);
        if (!traits.Counts && args.CorrectCount != null)
            site.Fail($"correct_count is 0x{(nuint)args.CorrectCount:x}, and must be null: loss {args.Loss} has no right answers");
    }

    private static void CheckFlagPairs(in OpSite site, in NoptLossArgs args)
    {
        if (Has(args, NoptLossFlags.FromLogits) && Has(args, NoptLossFlags.Unclipped))
            site.Fail($"flags is 0x{args.Flags:x}: logits are never clipped, leave 0x{(uint)NoptLossFlags.Unclipped:x} out");
        if (Has(args, NoptLossFlags.LogTargets) && !Has(args, NoptLossFlags.LogInput))
            site.Fail($"flags is 0x{args.Flags:x}: 0x{(uint)NoptLossFlags.LogTargets:x} is only for predictions with "
                + $"0x{(uint)NoptLossFlags.LogInput:x}");
    }

    private static void CheckNumbers(in OpSite site, in NoptLossArgs args)
    {
        CheckNumber(site, args, "delta", args.Delta, LossTraits.Number.Delta);
        CheckNumber(site, args, "gamma", args.Gamma, LossTraits.Number.Gamma);
        CheckNumber(site, args, "alpha", args.Alpha, LossTraits.Number.Alpha);
        CheckNumber(site, args, "beta", args.Beta, LossTraits.Number.Beta);
        CheckNumber(site, args, "epsilon", args.Epsilon, LossTraits.Number.Epsilon);
        CheckNumber(site, args, "label_smoothing", args.LabelSmoothing, LossTraits.Number.LabelSmoothing);
    }

    /// <summary>Finite, and 0 where the loss has no use for it.</summary>
    private static void CheckNumber(in OpSite site, in NoptLossArgs args, string name, double value, LossTraits.Number number)
    {
        site.CheckFinite(name, value, args.Y.Dtype);
        if (value != 0 && (Traits(args).Numbers & number) == 0)
            site.Fail($"{name} is {OpSite.Text(value)}, and must be 0: loss {args.Loss} has none");
    }

    private static void CheckMatrices(in OpSite site, in NoptLossArgs args)
    {
        site.CheckReal("y", args.Y);
        int dtype = args.Y.Dtype;
        site.CheckMatrix("targets", args.Targets, IsSparse(args) ? (int)NoptDtype.I32 : dtype);
        site.CheckOptional("sample_weights", args.SampleWeights, dtype);
        site.CheckOptional("dy", args.Dy, dtype);
        site.CheckOptional("class_weights", args.ClassWeights, dtype);
        var batch = new NamedSize("y.rows", args.Y.Rows);
        var columns = new NamedSize("y.columns", args.Y.Columns);
        var one = new NamedSize("the number of columns of one value a row", 1);
        site.CheckShape("targets", args.Targets, batch, IsSparse(args) ? one : columns);
        site.CheckShape("sample_weights", args.SampleWeights, batch, one);
        site.CheckShape("class_weights", args.ClassWeights, new NamedSize("the number of rows of one value a column", 1), columns);
        site.CheckShape("dy", args.Dy, batch, columns);
        if (Has(args, NoptLossFlags.WholeBatch) && !IsAbsent(args.SampleWeights))
            site.Fail($"sample_weights.data is 0x{(nuint)args.SampleWeights.Data:x}, and must be null: with flag "
                + $"0x{(uint)NoptLossFlags.WholeBatch:x} rows have no value");
        if (!IsAbsent(args.ClassWeights) && !Traits(args).TakesClassWeights)
            site.Fail($"class_weights.data is 0x{(nuint)args.ClassWeights.Data:x}, and must be null: loss {args.Loss} takes none");
    }

    /// <summary>A label outside [0, columns) would be an index outside the row.</summary>
    private static void CheckLabels(in OpSite site, in NoptLossArgs args)
    {
        var labels = (int*)args.Targets.Data;
        bool ignores = Has(args, NoptLossFlags.IgnoreClass);
        for (long row = 0; row < args.Targets.Rows; row++)
        {
            int label = labels[row * args.Targets.Stride];
            if ((label < 0 || label >= args.Y.Columns) && !(ignores && label == args.IgnoreClass))
                site.Fail($"targets[{row}] is {label}, and must be at least 0 and below y.columns, which is {args.Y.Columns}");
        }
    }

    private static LossTraits Traits(in NoptLossArgs args) => LossTraits.Of((NoptLoss)args.Loss);

    private static bool Has(in NoptLossArgs args, NoptLossFlags flag) => (args.Flags & (uint)flag) != 0;

    private static bool IsSparse(in NoptLossArgs args) => args.Loss == (int)NoptLoss.SparseCategoricalCrossEntropy;
}
