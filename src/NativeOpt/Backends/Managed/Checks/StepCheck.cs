using System.Globalization;
using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Interop;
using static NativeOpt.Backends.Managed.Checks.MatrixCheck;

namespace NativeOpt.Backends.Managed.Checks;

/// <summary>Checks that the operations of both families of optimizers share.</summary>
internal static unsafe class StepCheck
{
    private static readonly string[] PrologueFields = ["gradient_scale", "l1", "l2", "clip_value", "weight_decay", "weight_factor"];

    /// <summary>What an operation says about its optimizer fits what the optimizer is.</summary>
    public static void CheckStepShape(this in OpSite site, OptimizerDescription optimizer, uint variant, int dtype, int slotCount,
        int scalarCount)
    {
        if ((ulong)variant >> optimizer.VariantNames.Count != 0)
            site.Fail($"variant is 0x{variant:x}, and {optimizer.Name} has {optimizer.VariantNames.Count} variant bits");
        if (!IsReal(dtype))
            site.Fail($"dtype is {dtype} ({DtypeName(dtype)}), and must be 0 (f32) or 1 (f64)");
        if (slotCount != optimizer.SlotNames.Count)
            site.Fail($"slot_count is {slotCount}, {optimizer.Name} has {optimizer.SlotNames.Count}");
        if (scalarCount != optimizer.ScalarNames.Count)
            site.Fail($"scalar_count is {scalarCount}, {optimizer.Name} has {optimizer.ScalarNames.Count}");
    }

    /// <summary>Not null, aligned, and <paramref name="count"/> elements of <paramref name="size"/> bytes can be addressed.</summary>
    public static void CheckArray(this in OpSite site, string name, void* data, string countName, long count, int size, int alignment)
    {
        if (data == null)
            site.Fail($"{name} is null");
        site.CheckAligned(name, data, alignment);
        if (count < 1)
            site.Fail($"{countName} is {count}, and must be at least 1");
        if (Math.BigMul(count, size) + (nint)data > long.MaxValue)
            site.Fail($"{countName} is {count}: more than can be addressed");
    }

    /// <summary>An array of a list of them, such as "slots[1]": not null, and aligned.</summary>
    public static void CheckElement(this in OpSite site, string list, int index, void* data, int size)
    {
        if (data == null)
            site.Fail($"{list}[{index}] is null");
        if ((nuint)data % (nuint)size != 0)
            site.Fail($"{list}[{index}] is at 0x{(nuint)data:x}, and must be at a multiple of {size} bytes");
    }

    /// <summary>Its numbers are finite and in their ranges; <paramref name="row"/> is its place in a list, or -1.</summary>
    public static void CheckPrologue(this in OpSite site, long row, in NoptPrologue prologue, int dtype)
    {
        ReadOnlySpan<double> values =
            [prologue.GradientScale, prologue.L1, prologue.L2, prologue.ClipValue, prologue.WeightDecay, prologue.WeightFactor];
        // The first is the scale of gradients, and NaN where their norm is: data, not a hyper-parameter.
        for (int i = double.IsNaN(values[0]) ? 1 : 0; i < values.Length; i++)
            if (!OpSite.IsFinite(values[i], dtype))
                site.CheckFinite($"{Name(row)}.{PrologueFields[i]}", values[i], dtype);
        if (prologue.ClipValue < 0)
            site.Fail(string.Create(CultureInfo.InvariantCulture,
                $"{Name(row)}.clip_value is {prologue.ClipValue}, and must be at least 0"));
    }

    private static string Name(long row) => row < 0 ? "prologue" : $"prologues[{row}]";
}
