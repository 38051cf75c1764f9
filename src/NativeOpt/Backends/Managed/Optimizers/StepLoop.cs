using System.Numerics;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// Walks a segment vector by vector: load, prologue, rule, store. The last elements go through a padded vector and the same
/// arithmetic.
/// </summary>
internal static unsafe class StepLoop<TKernel, T>
    where TKernel : struct, IOptimizerKernel<TKernel, T>
    where T : unmanaged, INumberBase<T>
{
    public static void Run(NoptOptimizerStepArgs* args, OptimizerDescription description, in NoptSegment segment,
        in StepPrologue<T> prologue, in TKernel kernel)
    {
        int width = Vector<T>.Count;
        var w = (T*)args->Parameters + segment.Offset;
        var g = (T*)args->Gradients + segment.Offset;
        int slotCount = args->SlotCount;
        T** slots = stackalloc T*[slotCount];
        for (int s = 0; s < slotCount; s++)
            slots[s] = description.UsesSlot(s, args->Variant) ? (T*)args->Slots[s] + segment.Offset : null;

        Span<Vector<T>> values = stackalloc Vector<T>[slotCount];
        values.Clear();
        bool zeroGradients = (args->Flags & (uint)NoptStepFlags.ZeroGradients) != 0;
        long vectorEnd = segment.Count - segment.Count % width;
        for (long i = 0; i < vectorEnd; i += width)
        {
            Vector<T> weights = Vector.Load(w + i);
            for (int s = 0; s < values.Length; s++)
                if (slots[s] != null)
                    values[s] = Vector.Load(slots[s] + i);
            Vector<T> gradients = prologue.Apply(ref weights, Vector.Load(g + i));
            Vector.Store(kernel.Update(weights, gradients, values), w + i);
            for (int s = 0; s < values.Length; s++)
                if (slots[s] != null)
                    Vector.Store(VectorMath.FlushSubnormals(values[s]), slots[s] + i);
            if (zeroGradients)
                Vector.Store(Vector<T>.Zero, g + i);
        }
        int rest = (int)(segment.Count - vectorEnd);
        if (rest > 0)
            RunTail(w + vectorEnd, g + vectorEnd, slots, vectorEnd, rest, values, zeroGradients, prologue, kernel);
    }

    private static void RunTail(T* w, T* g, T** slots, long start, int count, Span<Vector<T>> values, bool zeroGradients,
        in StepPrologue<T> prologue, in TKernel kernel)
    {
        Vector<T> weights = VectorTail.Load(w, count);
        for (int s = 0; s < values.Length; s++)
            if (slots[s] != null)
                values[s] = VectorTail.Load(slots[s] + start, count);
        Vector<T> gradients = prologue.Apply(ref weights, VectorTail.Load(g, count));
        VectorTail.Store(kernel.Update(weights, gradients, values), w, count);
        for (int s = 0; s < values.Length; s++)
            if (slots[s] != null)
                VectorTail.Store(VectorMath.FlushSubnormals(values[s]), slots[s] + start, count);
        if (zeroGradients)
            VectorTail.Store(Vector<T>.Zero, g, count);
    }
}
