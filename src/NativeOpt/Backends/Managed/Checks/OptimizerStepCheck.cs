using System.Globalization;
using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Interop;
using static NativeOpt.Backends.Managed.Checks.MatrixCheck;

namespace NativeOpt.Backends.Managed.Checks;

/// <summary>Checks of the optimizer_step operation.</summary>
internal static unsafe class OptimizerStepCheck
{
    private static readonly string[] PrologueFields = ["gradient_scale", "l1", "l2", "clip_value", "weight_decay", "weight_factor"];

    public static void Check(in OpSite site, in NoptOptimizerStepArgs args)
    {
        IReadOnlyList<ManagedOptimizer> table = ManagedOptimizers.All;
        if (args.Optimizer < 0 || args.Optimizer >= table.Count)
            site.Fail($"optimizer is {args.Optimizer}, and must be at least 0 and below {table.Count}");
        OptimizerDescription optimizer = table[args.Optimizer].Description;
        CheckRule(site, args, optimizer);
        CheckArrays(site, args, optimizer);
        CheckSegments(site, args);
        CheckRows(site, args, optimizer);
        CheckOverlaps(site, args, optimizer);
    }

    private static void CheckRule(in OpSite site, in NoptOptimizerStepArgs args, OptimizerDescription optimizer)
    {
        site.CheckFlags(args.Flags, (uint)(NoptStepFlags.Maximize | NoptStepFlags.ZeroGradients | NoptStepFlags.IgnoreNonFinite));
        site.CheckReserved(args.Reserved);
        if ((ulong)args.Variant >> optimizer.VariantNames.Count != 0)
            site.Fail($"variant is 0x{args.Variant:x}, and {optimizer.Name} has {optimizer.VariantNames.Count} variant bits");
        if (!IsReal(args.Dtype))
            site.Fail($"dtype is {args.Dtype} ({DtypeName(args.Dtype)}), and must be 0 (f32) or 1 (f64)");
        if (args.SlotCount != optimizer.SlotNames.Count)
            site.Fail($"slot_count is {args.SlotCount}, {optimizer.Name} has {optimizer.SlotNames.Count}");
        if (args.ScalarCount != optimizer.ScalarNames.Count)
            site.Fail($"scalar_count is {args.ScalarCount}, {optimizer.Name} has {optimizer.ScalarNames.Count}");
    }

    private static void CheckArrays(in OpSite site, in NoptOptimizerStepArgs args, OptimizerDescription optimizer)
    {
        int size = DtypeSize(args.Dtype);
        CheckArray(site, "parameters", args.Parameters, "length", args.Length, size, size);
        CheckArray(site, "gradients", args.Gradients, "length", args.Length, size, size);
        if (args.SlotCount > 0)
            CheckArray(site, "slots", args.Slots, "slot_count", args.SlotCount, sizeof(void*), sizeof(void*));
        for (int slot = 0; slot < args.SlotCount; slot++)
        {
            if (!optimizer.UsesSlot(slot, args.Variant))
                continue;
            if (args.Slots[slot] == null)
                site.Fail($"slots[{slot}] is null");
            if ((nuint)args.Slots[slot] % (nuint)size != 0)
                site.Fail($"slots[{slot}] is at 0x{(nuint)args.Slots[slot]:x}, and must be at a multiple of {size} bytes");
        }
        if (args.SegmentCount < 0)
            site.Fail($"segment_count is {args.SegmentCount}, and must be at least 0");
        if (args.SegmentCount > 0)
            if (args.SegmentCount < 0)
            site.Fail($"segment_count is {args.SegmentCount}, and must be at least 0");
        if (args.SegmentCount > 0)
            CheckArray(site, "segments", args.Segments, "segment_count", args.SegmentCount, sizeof(NoptSegment), sizeof(long));
        CheckArray(site, "prologues", args.Prologues, "row_count", args.RowCount, sizeof(NoptPrologue), sizeof(double));
        CheckArray(site, "scalars", args.Scalars, "row_count", args.RowCount, sizeof(double) * args.ScalarCount, sizeof(double));
    }

    /// <summary>Not null, aligned, and <paramref name="count"/> elements of <paramref name="size"/> bytes can be addressed.</summary>
    private static void CheckArray(in OpSite site, string name, void* data, string countName, long count, int size, int alignment)
    {
        if (data == null)
            site.Fail($"{name} is null");
        site.CheckAligned(name, data, alignment);
        if (count < 1)
            site.Fail($"{countName} is {count}, and must be at least 1");
        if (Math.BigMul(count, size) + (nint)data > long.MaxValue)
            site.Fail($"{countName} is {count}: more than can be addressed");
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
            CheckPrologue(site, row, args.Prologues[row], args.Dtype);
            for (int i = 0; i < args.ScalarCount; i++)
            {
                double value = args.Scalars[row * args.ScalarCount + i];
                if (!OpSite.IsFinite(value, args.Dtype))
                    site.CheckFinite($"scalars[{row}][{i}] ({optimizer.ScalarNames[i]})", value, args.Dtype);
            }
        }
    }

    private static void CheckPrologue(in OpSite site, long row, in NoptPrologue prologue, int dtype)
    {
        ReadOnlySpan<double> values =
            [prologue.GradientScale, prologue.L1, prologue.L2, prologue.ClipValue, prologue.WeightDecay, prologue.WeightFactor];
        // The first is the scale of gradients, and NaN where their norm is: data, not a hyper-parameter.
        for (int i = double.IsNaN(values[0]) ? 1 : 0; i < values.Length; i++)
            if (!OpSite.IsFinite(values[i], dtype))
                site.CheckFinite($"prologues[{row}].{PrologueFields[i]}", values[i], dtype);
        if (prologue.ClipValue < 0)
            site.Fail(string.Create(CultureInfo.InvariantCulture,
                $"prologues[{row}].clip_value is {prologue.ClipValue}, and must be at least 0"));
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
