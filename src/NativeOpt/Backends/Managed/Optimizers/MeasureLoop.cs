using System.Numerics;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>The first pass over a segment, block by block as in the native core: load, prologue, measure, store the slots.</summary>
internal static unsafe class MeasureLoop<TKernel, T>
    where TKernel : struct, IMeasuringKernel<TKernel, T>
    where T : unmanaged, INumberBase<T>
{
    /// <summary>Elements whose terms are summed in the element type; sums of blocks are added in double.</summary>
    private const long Block = 16384;

    /// <summary>Adds the sums over a segment to <paramref name="totals"/>.</summary>
    public static void Run(NoptOptimizerStepArgs* args, OptimizerDescription description, in NoptSegment segment,
        in StepPrologue<T> prologue, in TKernel kernel, Span<double> totals)
    {
        T** slots = stackalloc T*[args->SlotCount];
        for (long start = 0; start < segment.Count; start += Block)
        {
            long offset = segment.Offset + start;
            for (int s = 0; s < args->SlotCount; s++)
                slots[s] = description.UsesSlot(s, args->Variant) ? (T*)args->Slots[s] + offset : null;
            RunBlock((T*)args->Parameters + offset, (T*)args->Gradients + offset, slots, args->SlotCount,
                Math.Min(Block, segment.Count - start), prologue, kernel, totals);
        }
    }

    private static void RunBlock(T* w, T* g, T** slots, int slotCount, long count, in StepPrologue<T> prologue, in TKernel kernel,
        Span<double> totals)
    {
        int width = Vector<T>.Count;
        var first = new LineSum<T>();
        var second = new LineSum<T>();
        Span<Vector<T>> values = stackalloc Vector<T>[slotCount];
        values.Clear();
        for (long i = 0; i < count; i += width)
        {
            int lanes = (int)Math.Min(width, count - i);
            Vector<T> weights = VectorTail.Load(w + i, lanes);
            for (int s = 0; s < values.Length; s++)
                if (slots[s] != null)
                    values[s] = VectorTail.Load(slots[s] + i, lanes);
            Vector<T> gradients = prologue.Apply(ref weights, VectorTail.Load(g + i, lanes));
            (Vector<T> firstTerms, Vector<T> secondTerms) = kernel.Measure(weights, gradients, values);
            for (int s = 0; s < values.Length; s++)
                if (slots[s] != null)
                    VectorTail.Store(VectorMath.FlushSubnormals(values[s]), slots[s] + i, lanes);
            // What the native core has under its floating-point mode: a sum of subnormal squares is 0 there, not something to divide by.
            first.Add(i, VectorTail.Only(VectorMath.FlushSubnormals(firstTerms), lanes));
            second.Add(i, VectorTail.Only(VectorMath.FlushSubnormals(secondTerms), lanes));
        }
        totals[0] += double.CreateTruncating(first.Total());
        totals[1] += double.CreateTruncating(second.Total());
    }
}
