using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Interop;
using static NativeOpt.Backends.Managed.Checks.MatrixCheck;

namespace NativeOpt.Backends.Managed.Checks;

/// <summary>Checks of the optimizer_step operation.</summary>
internal static unsafe class OptimizerStepCheck
{
    public static void Check(in OpSite site, in NoptOptimizerStepArgs args)
    {
        OptimizerDescription optimizer = FindRule(site, args.Optimizer);
        site.CheckFlags(args.Flags, (uint)(NoptStepFlags.Maximize | NoptStepFlags.ZeroGradients));
        site.CheckReserved(args.Reserved);
        site.CheckStepShape(optimizer, args.Variant, args.Dtype, args.SlotCount, args.ScalarCount);
        CheckArrays(site, args, optimizer);
        CheckSegments(site, args);
        CheckRows(site, args, optimizer);
        CheckOverlaps(site, args, optimizer);
    }

    private static OptimizerDescription FindRule(in OpSite site, int optimizer)
    {
        int count = ManagedOptimizers.All.Count;
        int matrixRule = optimizer - count;
        if (matrixRule >= 0 && matrixRule < ManagedOptimizers.MatrixRules.Count)
            site.Fail($"optimizer is {optimizer} ({ManagedOptimizers.Describe(optimizer).Name}), and its operation is matrix_step");
        if (optimizer < 0 || optimizer >= count)
            site.Fail($"optimizer is {optimizer}, and must be at least 0 and below {count}");
        return ManagedOptimizers.Describe(optimizer);
    }

    private static void CheckArrays(in OpSite site, in NoptOptimizerStepArgs args, OptimizerDescription optimizer)
    {
        int size = DtypeSize(args.Dtype);
        site.CheckArray("parameters", args.Parameters, "length", args.Length, size, size);
        site.CheckArray("gradients", args.Gradients, "length", args.Length, size, size);
        if (args.SlotCount > 0)
            site.CheckArray("slots", args.Slots, "slot_count", args.SlotCount, sizeof(void*), sizeof(void*));
        for (int slot = 0; slot < args.SlotCount; slot++)
            if (optimizer.UsesSlot(slot, args.Variant))
                site.CheckElement("slots", slot, args.Slots[slot], size);
        if (args.SegmentCount < 0)
            site.Fail($"segment_count is {args.SegmentCount}, and must be at least 0");
        if (args.SegmentCount > 0)
            site.CheckArray("segments", args.Segments, "segment_count", args.SegmentCount, sizeof(NoptSegment), sizeof(long));
        site.CheckArray("prologues", args.Prologues, "row_count", args.RowCount, sizeof(NoptPrologue), sizeof(double));
        site.CheckArray("scalars", args.Scalars, "row_count", args.RowCount, sizeof(double) * args.ScalarCount, sizeof(double));
    }

    private static void CheckSegments(in OpSite site, in NoptOptimizerStepArgs args)
    {
        long end = 0;
        for (long i = 0; i < args.SegmentCount; i++)
        {
            NoptSegment s = args.Segments[i];
            if (s.Count < 1)
                site.Fail($"segments[{i}].count is {s.Count}, and must be at least 1");
            if (s.Offset < end)
                site.Fail($"segments[{i}].offset is {s.Offset}, and must be at least {end}, where the segment before ends");
            if (s.Count > args.Length || s.Offset > args.Length - s.Count)
                site.Fail($"segments[{i}] is {s.Count} elements at {s.Offset}, and length is {args.Length}");
            if (s.ScalarsIndex < 0 || s.ScalarsIndex >= args.RowCount)
                site.Fail($"segments[{i}].scalars_index is {s.ScalarsIndex}, and must be at least 0 and below row_count, "
                    + $"which is {args.RowCount}");
            end = s.Offset + s.Count;
        }
    }

    private static void CheckRows(in OpSite site, in NoptOptimizerStepArgs args, OptimizerDescription optimizer)
    {
        for (long row = 0; row < args.RowCount; row++)
        {
            site.CheckPrologue(row, args.Prologues[row], args.Dtype);
            for (int i = 0; i < args.ScalarCount; i++)
            {
                double value = args.Scalars[row * args.ScalarCount + i];
                if (!OpSite.IsFinite(value, args.Dtype))
                    site.CheckFinite($"scalars[{row}][{i}] ({optimizer.ScalarNames[i]})", value, args.Dtype);
            }
        }
    }

    private static void CheckOverlaps(in OpSite site, in NoptOptimizerStepArgs args, OptimizerDescription optimizer)
    {
        long bytes = args.Length * DtypeSize(args.Dtype);
        var buffers = new BufferList();
        buffers.AddOutput("parameters", args.Parameters, bytes);
        if ((args.Flags & (uint)NoptStepFlags.ZeroGradients) != 0)
            buffers.AddOutput("gradients", args.Gradients, bytes);
        else
            buffers.AddInput("gradients", args.Gradients, bytes);
        for (int slot = 0; slot < args.SlotCount; slot++)
            if (optimizer.UsesSlot(slot, args.Variant))
                buffers.AddOutputElement("slots", slot, args.Slots[slot], bytes);
        if (args.SlotCount > 0)
            buffers.AddInput("slots", args.Slots, (long)args.SlotCount * sizeof(void*));
        buffers.AddInput("segments", args.Segments, args.SegmentCount * sizeof(NoptSegment));
        buffers.AddInput("prologues", args.Prologues, args.RowCount * sizeof(NoptPrologue));
        buffers.AddInput("scalars", args.Scalars, args.RowCount * args.ScalarCount * sizeof(double));
        buffers.Check(site);
    }
}
