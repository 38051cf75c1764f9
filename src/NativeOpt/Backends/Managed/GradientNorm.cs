using System.Numerics;
using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed;

/// <summary>Norms of the gradients of segments, in blocks and lines as the native core takes them.</summary>
internal static unsafe class GradientNorm
{
    /// <summary>Elements whose terms are added up before the sums of blocks are, counted from the start of a segment.</summary>
    private const long Block = 16384;

    public static void Run(NoptGradientNormArgs* args)
    {
        if ((NoptDtype)args->Dtype == NoptDtype.F64)
            Run<double>(args);
        else
            Run<float>(args);
    }

    private static void Run<T>(NoptGradientNormArgs* args) where T : unmanaged, IFloatingPointIeee754<T>
    {
        NoptStepFlags flags = (args->Flags & (uint)NoptGradientFlags.IgnoreNonFinite) != 0 ? NoptStepFlags.IgnoreNonFinite : 0;
        for (long i = 0; i < args->SegmentCount; i++)
        {
            NoptSegment segment = args->Segments[i];
            var prologue = new StepPrologue<T>(args->Prologues[segment.ScalarsIndex], flags);
            var w = (T*)args->Parameters + segment.Offset;
            var g = (T*)args->Gradients + segment.Offset;
            long nonFinite = 0;
            double norm = args->Order switch
            {
                1 => Sum(new Size(), w, g, segment.Count, prologue, ref nonFinite),
                2 => Math.Sqrt(Sum(new Square(), w, g, segment.Count, prologue, ref nonFinite)),
                double.PositiveInfinity => Largest(w, g, segment.Count, prologue, ref nonFinite),
                double order => Math.Pow(Sum(new Power(order), w, g, segment.Count, prologue, ref nonFinite), 1 / order),
            };
            if (args->Norms != null)
                args->Norms[i] = norm;
            if (args->NonFiniteCounts != null)
                args->NonFiniteCounts[i] = nonFinite;
        }
    }

    private static double Sum<TTerm, T>(TTerm term, T* w, T* g, long count, in StepPrologue<T> prologue, ref long nonFinite)
        where TTerm : struct, ITerm
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double total = 0;
        for (long start = 0; start < count; start += Block)
            total += SumBlock(term, w + start, g + start, Math.Min(Block, count - start), prologue, ref nonFinite);
        return total;
    }

    private static double SumBlock<TTerm, T>(TTerm term, T* w, T* g, long count, in StepPrologue<T> prologue, ref long nonFinite)
        where TTerm : struct, ITerm
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<Vector<double>> parts = stackalloc Vector<double>[DoubleLine.VectorCount];
        parts.Clear();
        for (long i = 0; i < count; i += Vector<T>.Count)
        {
            Vector<T> size = SizeAt(w + i, g + i, count - i, prologue, ref nonFinite);
            if (typeof(T) == typeof(float))
            {
                Vector.Widen(Vector.As<T, float>(size), out Vector<double> low, out Vector<double> high);
                DoubleLine.Add(parts, i, term.Of(low));
                DoubleLine.Add(parts, i + Vector<double>.Count, term.Of(high));
            }
            else
            {
                DoubleLine.Add(parts, i, term.Of(Vector.As<T, double>(size)));
            }
        }
        return DoubleLine.Total(parts);
    }

    private static double Largest<T>(T* w, T* g, long count, in StepPrologue<T> prologue, ref long nonFinite)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> best = Vector<T>.Zero;
        for (long i = 0; i < count; i += Vector<T>.Count)
            best = VectorMath.Max(best, SizeAt(w + i, g + i, count - i, prologue, ref nonFinite));
        T largest = best[0];
        for (int lane = 1; lane < Vector<T>.Count; lane++)
            largest = T.Max(largest, best[lane]);
        return double.CreateTruncating(largest);
    }

    /// <summary>|g| after the penalties; 0 behind the last of <paramref name="rest"/> elements.</summary>
    private static Vector<T> SizeAt<T>(T* w, T* g, long rest, in StepPrologue<T> prologue, ref long nonFinite)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int lanes = (int)Math.Min(Vector<T>.Count, rest);
        Vector<T> gradient = VectorTail.Load(g, lanes);
        if (!VectorMath.AreFinite(gradient))
            for (int lane = 0; lane < lanes; lane++)
                nonFinite += T.IsFinite(gradient[lane]) ? 0 : 1;
        return VectorTail.Only(Vector.Abs(prologue.Penalize(VectorTail.Load(w, lanes), gradient)), lanes);
    }

    private interface ITerm
    {
        Vector<double> Of(Vector<double> size);
    }

    private readonly struct Size : ITerm
    {
        public Vector<double> Of(Vector<double> size) => size;
    }

    private readonly struct Square : ITerm
    {
        public Vector<double> Of(Vector<double> size) => size * size;
    }

    private readonly struct Power(double order) : ITerm
    {
        private readonly double _order = order;

        public Vector<double> Of(Vector<double> size)
        {
            Span<double> lanes = stackalloc double[Vector<double>.Count];
            size.CopyTo(lanes);
            foreach (ref double lane in lanes)
                lane = Math.Pow(lane, _order);
            return new Vector<double>(lanes);
        }
    }
}
