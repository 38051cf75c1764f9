using NativeOpt.Interop;
using static NativeOpt.Backends.Managed.Checks.MatrixCheck;

namespace NativeOpt.Backends.Managed.Checks;

/// <summary>Checks of the loss operation, the labels included.</summary>
internal static unsafe class LossCheck
{
    public static void Check(in OpSite site, in NoptLossArgs args)
    {
        CheckKind(site, args);
        CheckMatrices(site, args);
        site.CheckAligned("loss_sum", args.LossSum, sizeof(double));
        site.CheckAligned("correct_count", args.CorrectCount, sizeof(long));
        var buffers = new BufferList();
        if (!AreSame(args.Y, args.Dy))
            buffers.AddInput("y", args.Y);
        buffers.AddInput("targets", args.Targets);
        buffers.AddInput("sample_weights", args.SampleWeights);
        buffers.AddOutput("dy", args.Dy);
        buffers.AddOutput("loss_sum", args.LossSum, sizeof(double));
        buffers.AddOutput("correct_count", args.CorrectCount, sizeof(long));
        buffers.Check(site);
        if (IsSparse(args))
            CheckLabels(site, args);
    }

    private static void CheckKind(in OpSite site, in NoptLossArgs args)
    {
        const int last = (int)NoptLoss.SparseCategoricalCrossEntropy;
        if (args.Loss is < (int)NoptLoss.MeanSquaredError or > last)
            site.Fail($"loss is {args.Loss}, and must be 0 to {last}");
        site.CheckFlags(args.Flags, (uint)NoptLossFlags.FromLogits);
        site.CheckReserved(args.Reserved);
        site.CheckFinite("gradient_scale", args.GradientScale, args.Y.Dtype);
        if (args.Loss != (int)NoptLoss.MeanSquaredError)
            return;
        if (args.Flags != 0)
            site.Fail($"flags is 0x{args.Flags:x}, and must be 0: squared error has no logits");
        if (args.CorrectCount != null)
            site.Fail($"correct_count is 0x{(nuint)args.CorrectCount:x}, and must be null: squared error has no right answers");
    }

    private static void CheckMatrices(in OpSite site, in NoptLossArgs args)
    {
        site.CheckReal("y", args.Y);
        int dtype = args.Y.Dtype;
        site.CheckMatrix("targets", args.Targets, IsSparse(args) ? (int)NoptDtype.I32 : dtype);
        site.CheckOptional("sample_weights", args.SampleWeights, dtype);
        site.CheckOptional("dy", args.Dy, dtype);
        var batch = new NamedSize("y.rows", args.Y.Rows);
        var columns = new NamedSize("y.columns", args.Y.Columns);
        var one = new NamedSize("the number of columns of one value a row", 1);
        site.CheckShape("targets", args.Targets, batch, IsSparse(args) ? one : columns);
        site.CheckShape("sample_weights", args.SampleWeights, batch, one);
        site.CheckShape("dy", args.Dy, batch, columns);
    }

    /// <summary>A label outside [0, columns) would be an index outside the row.</summary>
    private static void CheckLabels(in OpSite site, in NoptLossArgs args)
    {
        var labels = (int*)args.Targets.Data;
        for (long row = 0; row < args.Targets.Rows; row++)
        {
            int label = labels[row * args.Targets.Stride];
            if (label < 0 || label >= args.Y.Columns)
                site.Fail($"targets[{row}] is {label}, and must be at least 0 and below y.columns, which is {args.Y.Columns}");
        }
    }

    private static bool IsSparse(in NoptLossArgs args) => args.Loss == (int)NoptLoss.SparseCategoricalCrossEntropy;
}
