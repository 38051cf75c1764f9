using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Interop;
using static NativeOpt.Backends.Managed.Checks.MatrixCheck;

namespace NativeOpt.Backends.Managed.Checks;

/// <summary>Checks of the matrix_step operation.</summary>
internal static unsafe class MatrixStepCheck
{
    private const long MaxCoefficients = 300;

    public static void Check(in OpSite site, in NoptMatrixStepArgs args)
    {
        OptimizerDescription rule = FindRule(site, args.Optimizer);
        site.CheckFlags(args.Flags, (uint)(NoptStepFlags.Maximize | NoptStepFlags.ZeroGradients | NoptStepFlags.IgnoreNonFinite));
        site.CheckReserved(args.Reserved);
        site.CheckStepShape(rule, args.Variant, args.Dtype, args.SlotCount, args.ScalarCount);
        CheckSize(site, args);
        CheckArrays(site, args, rule);
        CheckNumbers(site, args, rule);
        CheckCoefficients(site, args, rule);
        CheckOverlaps(site, args, rule);
    }

    private static OptimizerDescription FindRule(in OpSite site, int optimizer)
    {
        int all = ManagedOptimizers.All.Count + ManagedOptimizers.MatrixRules.Count;
        if (optimizer < 0 || optimizer >= all)
            site.Fail($"optimizer is {optimizer}, and must be at least 0 and below {all}");
        OptimizerDescription rule = ManagedOptimizers.Describe(optimizer);
        if (!rule.IsMatrixRule)
            site.Fail($"optimizer is {optimizer} ({rule.Name}), and its operation is optimizer_step");
        return rule;
    }

    private static void CheckSize(in OpSite site, in NoptMatrixStepArgs args)
    {
        if (args.Rows < 1)
            site.Fail($"rows is {args.Rows}, and must be at least 1");
        if (args.Columns < 1)
            site.Fail($"columns is {args.Columns}, and must be at least 1");
        if (Math.BigMul(args.Rows, args.Columns) * DtypeSize(args.Dtype) > long.MaxValue)
            site.Fail($"rows is {args.Rows} and columns is {args.Columns}: more than can be addressed");
        // A row is a span here, whose length is an int.
        if (args.Columns > int.MaxValue)
            site.Fail($"columns is {args.Columns}, and must be at most {int.MaxValue}");
    }

    private static void CheckArrays(in OpSite site, in NoptMatrixStepArgs args, OptimizerDescription rule)
    {
        int size = DtypeSize(args.Dtype);
        long length = args.Rows * args.Columns;
        site.CheckArray("parameters", args.Parameters, "rows * columns", length, size, size);
        site.CheckArray("gradients", args.Gradients, "rows * columns", length, size, size);
        site.CheckArray("slots", args.Slots, "slot_count", args.SlotCount, sizeof(void*), sizeof(void*));
        for (int slot = 0; slot < args.SlotCount; slot++)
            if (rule.UsesSlot(slot, args.Variant))
                site.CheckElement("slots", slot, args.Slots[slot], size);
        site.CheckArray("prologue", args.Prologue, "its count", 1, sizeof(NoptPrologue), sizeof(double));
        site.CheckArray("scalars", args.Scalars, "scalar_count", args.ScalarCount, sizeof(double), sizeof(double));
    }

    private static void CheckNumbers(in OpSite site, in NoptMatrixStepArgs args, OptimizerDescription rule)
    {
        site.CheckPrologue(-1, *args.Prologue, args.Dtype);
        for (int i = 0; i < args.ScalarCount; i++)
            if (!OpSite.IsFinite(args.Scalars[i], args.Dtype))
                site.CheckFinite($"scalars[{i}] ({rule.ScalarNames[i]})", args.Scalars[i], args.Dtype);
    }

    private static void CheckCoefficients(in OpSite site, in NoptMatrixStepArgs args, OptimizerDescription rule)
    {
        long count = args.CoefficientCount;
        if (rule.CoefficientsPerRow == 0)
        {
            if (count != 0)
                site.Fail($"coefficient_count is {count}, and must be 0: {rule.Name} has none");
            return;
        }
        if (count is < 0 or > MaxCoefficients || count % rule.CoefficientsPerRow != 0)
            site.Fail($"coefficient_count is {count}, and must be a multiple of {rule.CoefficientsPerRow} from 0 to {MaxCoefficients}");
        if (count == 0)
            return;
        site.CheckArray("coefficients", args.Coefficients, "coefficient_count", count, sizeof(double), sizeof(double));
        for (long i = 0; i < count; i++)
            if (!OpSite.IsFinite(args.Coefficients[i], args.Dtype))
                site.CheckFinite($"coefficients[{i}]", args.Coefficients[i], args.Dtype);
    }

    private static void CheckOverlaps(in OpSite site, in NoptMatrixStepArgs args, OptimizerDescription rule)
    {
        int size = DtypeSize(args.Dtype);
        long bytes = args.Rows * args.Columns * size;
        var buffers = new BufferList();
        buffers.AddOutput("parameters", args.Parameters, bytes);
        if ((args.Flags & (uint)NoptStepFlags.ZeroGradients) != 0)
            buffers.AddOutput("gradients", args.Gradients, bytes);
        else
            buffers.AddInput("gradients", args.Gradients, bytes);
        for (int slot = 0; slot < args.SlotCount; slot++)
            if (rule.UsesSlot(slot, args.Variant))
                buffers.AddOutputElement("slots", slot, args.Slots[slot], rule.SlotLength(slot, args.Rows, args.Columns) * size);
        buffers.AddInput("slots", args.Slots, (long)args.SlotCount * sizeof(void*));
        buffers.AddInput("prologue", args.Prologue, sizeof(NoptPrologue));
        buffers.AddInput("scalars", args.Scalars, (long)args.ScalarCount * sizeof(double));
        buffers.AddInput("coefficients", args.Coefficients, args.CoefficientCount * sizeof(double));
        buffers.Check(site);
    }
}
