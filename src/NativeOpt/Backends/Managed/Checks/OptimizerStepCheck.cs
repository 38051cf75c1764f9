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
        NoptStepFlags measure = optimizer.Scope == NoptScope.All ? NoptStepFlags.Measure : 0;
        site.CheckFlags(args.Flags, (uint)(NoptStepFlags.Maximize | NoptStepFlags.ZeroGradients | NoptStepFlags.IgnoreNonFinite
            | NoptStepFlags.FastMath | measure));
        site.CheckReserved(args.Reserved);
        site.CheckStepShape(optimizer, args.Variant, args.Dtype, args.SlotCount, args.ScalarCount);
        CheckArrays(site, args, optimizer);
        site.CheckSegments(args.Segments, args.SegmentCount, args.Length, args.RowCount);
        CheckNumberRows(site, args, optimizer);
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
        site.CheckArray("prologues", args.Prologues, "row_count", args.RowCount, sizeof(NoptPrologue), sizeof(double));
        site.CheckArray("scalars", args.Scalars, "row_count", args.RowCount, sizeof(double) * args.ScalarCount, sizeof(double));
        if (NumbersIn(args, optimizer) > 0)
            site.CheckArray("numbers", args.Numbers, "row_count", args.RowCount, sizeof(double) * optimizer.NumberNames.Count,
                sizeof(double));
    }

    /// <summary>Elements of numbers that the step needs.</summary>
    private static long NumbersIn(in NoptOptimizerStepArgs args, OptimizerDescription optimizer) =>
        optimizer.Scope == NoptScope.Tensor ? args.RowCount * optimizer.NumberNames.Count
        : (args.Flags & (uint)NoptStepFlags.Measure) != 0 ? optimizer.NumberNames.Count
        : 0;

    /// <summary>A row of numbers belongs to one segment.</summary>
    private static void CheckNumberRows(in OpSite site, in NoptOptimizerStepArgs args, OptimizerDescription optimizer)
    {
        if (optimizer.Scope != NoptScope.Tensor || optimizer.NumberNames.Count == 0)
            return;
        for (long i = 1; i < args.SegmentCount; i++)
        {
            (long before, long own) = (args.Segments[i - 1].ScalarsIndex, args.Segments[i].ScalarsIndex);
            if (own <= before)
                site.Fail($"segments[{i}].scalars_index is {own}, and must be larger than {before}, that of the segment before, "
                    + $"because {optimizer.Name} keeps numbers for each");
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
        if (NumbersIn(args, optimizer) > 0)
            buffers.AddOutput("numbers", args.Numbers, NumbersIn(args, optimizer) * sizeof(double));
        buffers.AddInput("segments", args.Segments, args.SegmentCount * sizeof(NoptSegment));
        buffers.AddInput("prologues", args.Prologues, args.RowCount * sizeof(NoptPrologue));
        buffers.AddInput("scalars", args.Scalars, args.RowCount * args.ScalarCount * sizeof(double));
        buffers.Check(site);
    }
}
