using System.Globalization;
using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Interop;
using static NativeOpt.Backends.Managed.MatrixCheck;

namespace NativeOpt.Backends.Managed;

/// <summary>Checks of the optimizer_step operation.</summary>
internal static unsafe class OptimizerStepCheck
{
    private const string Name = "optimizer_step";

    public static void All(in NoptOptimizerStepArgs args)
    {
        IReadOnlyList<ManagedOptimizer> table = ManagedOptimizers.All;
        if (args.Optimizer < 0 || args.Optimizer >= table.Count)
            Fail($"{Name}.optimizer is {args.Optimizer}; it must be an id from nopt_optimizer_find, 0 to {table.Count - 1}");
        Numbers(args, table[args.Optimizer].Description);
        Arrays(args, table[args.Optimizer].Description);
        Segments(args);
        Scalars(args);
    }

    private static void Numbers(in NoptOptimizerStepArgs args, OptimizerDescription optimizer)
    {
        const uint flags = (uint)(NoptStepFlags.Maximize | NoptStepFlags.ZeroGradients);
        uint variants = (1u << optimizer.VariantNames.Count) - 1;
        if ((args.Flags & ~flags) != 0)
            Fail($"{Name}.flags is {args.Flags}; known bits are {flags}");
        if ((args.Variant & ~variants) != 0)
            Fail($"{Name}.variant is {args.Variant}; known bits of {optimizer.Name} are {variants}");
        if (!IsReal(args.Dtype))
            Fail($"{Name}.dtype is {args.Dtype}; it must be NOPT_DTYPE_F32 (0) or NOPT_DTYPE_F64 (1)");
        if (args.SlotCount != optimizer.SlotNames.Count)
            Fail($"{Name}.slot_count is {args.SlotCount}; {optimizer.Name} has {optimizer.SlotNames.Count}");
        if (args.ScalarCount != optimizer.ScalarNames.Count)
            Fail($"{Name}.scalar_count is {args.ScalarCount}; {optimizer.Name} has {optimizer.ScalarNames.Count}");
        if (args.Reserved != 0)
            Fail($"{Name}.reserved is {args.Reserved}; it must be 0");
        if (args.Length < 1 || args.Length > long.MaxValue / sizeof(double))
            Fail($"{Name}.length is {args.Length}; it must be 1 to {long.MaxValue / sizeof(double)}");
    }

    private static void Arrays(in NoptOptimizerStepArgs args, OptimizerDescription optimizer)
    {
        int size = ElementSize(args.Dtype);
        Present(args.Parameters, "parameters", size);
        Present(args.Gradients, "gradients", size);
        long bytes = args.Length * size;
        Apart(args.Parameters, "parameters", args.Gradients, "gradients", bytes);
        if (args.SlotCount > 0 && args.Slots == null)
            Fail($"{Name}.slots is null, slot_count is {args.SlotCount}");
        for (int i = 0; i < args.SlotCount; i++)
        {
            if (!optimizer.UsesSlot(i, args.Variant))
            {
                if (args.Slots[i] != null)
                    Fail($"{Name}.slots[{i}] ({optimizer.SlotNames[i]}) is not null; variant {args.Variant} does not use it");
                continue;
            }
            if (args.Slots[i] == null)
                Fail($"{Name}.slots[{i}] ({optimizer.SlotNames[i]}) is null");
            if ((nuint)args.Slots[i] % (nuint)size != 0)
                Fail($"{Name}.slots[{i}] ({optimizer.SlotNames[i]}) is not aligned to its element size, {size} bytes");
        }
        for (int i = 0; i < args.SlotCount; i++)
            SlotApart(args, i, bytes);
    }

    private static void SlotApart(in NoptOptimizerStepArgs args, int slot, long bytes)
    {
        byte* memory = (byte*)args.Slots[slot];
        if (memory == null)
            return;
        if (Share(memory, args.Parameters, bytes))
            Fail($"{Name}.slots[{slot}] and parameters overlap");
        if (Share(memory, args.Gradients, bytes))
            Fail($"{Name}.slots[{slot}] and gradients overlap");
        for (int other = 0; other < slot; other++)
            if (args.Slots[other] != null && Share(memory, args.Slots[other], bytes))
                Fail($"{Name}.slots[{slot}] and slots[{other}] overlap");
    }

    private static void Segments(in NoptOptimizerStepArgs args)
    {
        if (args.SegmentCount < 1)
            Fail($"{Name}.segment_count is {args.SegmentCount}; it must be at least 1");
        if (args.Segments == null)
            Fail($"{Name}.segments is null");
        if (args.RowCount < 1)
            Fail($"{Name}.row_count is {args.RowCount}; it must be at least 1");
        long end = 0;
        for (long i = 0; i < args.SegmentCount; i++)
        {
            NoptSegment segment = args.Segments[i];
            if (segment.Count < 1)
                Fail($"{Name}.segments[{i}].count is {segment.Count}; it must be at least 1");
            if (segment.Offset < end)
                Fail($"{Name}.segments[{i}].offset is {segment.Offset}; it must be at least {end}, where the segment before ends");
            if (segment.Offset > args.Length - segment.Count)
                Fail($"{Name}.segments[{i}] is {segment.Offset} + {segment.Count}; length is {args.Length}");
            if (segment.ScalarsIndex < 0 || segment.ScalarsIndex >= args.RowCount)
                Fail($"{Name}.segments[{i}].scalars_index is {segment.ScalarsIndex}; row_count is {args.RowCount}");
            end = segment.Offset + segment.Count;
        }
    }

    private static void Scalars(in NoptOptimizerStepArgs args)
    {
        if (args.Prologues == null)
            Fail($"{Name}.prologues is null");
        if (args.Scalars == null)
            Fail($"{Name}.scalars is null");
        for (long row = 0; row < args.RowCount; row++)
        {
            NoptPrologue prologue = args.Prologues[row];
            Finite("prologues", row, "gradient_scale", prologue.GradientScale);
            Finite("prologues", row, "l1", prologue.L1);
            Finite("prologues", row, "l2", prologue.L2);
            Finite("prologues", row, "clip_value", prologue.ClipValue);
            if (prologue.ClipValue < 0)
                Fail($"{Name}.prologues[{row}].clip_value is {Text(prologue.ClipValue)}; it must not be negative");
            Finite("prologues", row, "weight_decay", prologue.WeightDecay);
            Finite("prologues", row, "weight_factor", prologue.WeightFactor);
            for (int i = 0; i < args.ScalarCount; i++)
                if (!double.IsFinite(args.Scalars[row * args.ScalarCount + i]))
                    Fail($"{Name}.scalars[{row}][{i}] is {Text(args.Scalars[row * args.ScalarCount + i])}; it must be finite");
        }
    }

    private static void Present(void* memory, string field, int elementSize)
    {
        if (memory == null)
            Fail($"{Name}.{field} is null");
        if ((nuint)memory % (nuint)elementSize != 0)
            Fail($"{Name}.{field} is not aligned to its element size, {elementSize} bytes");
    }

    private static void Apart(void* memory, string field, void* other, string otherField, long bytes)
    {
        if (Share(memory, other, bytes))
            Fail($"{Name}.{field} and {otherField} overlap");
    }

    private static bool Share(void* left, void* right, long bytes) =>
        (byte*)left < (byte*)right + bytes && (byte*)right < (byte*)left + bytes;

    private static void Finite(string array, long row, string field, double value)
    {
        if (!double.IsFinite(value))
            Fail($"{Name}.{array}[{row}].{field} is {Text(value)}; it must be finite");
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
