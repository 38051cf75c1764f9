using NativeOpt.Interop;
using static NativeOpt.Backends.Managed.Checks.MatrixCheck;

namespace NativeOpt.Backends.Managed.Checks;

/// <summary>Checks of the operations that look at gradients before a step of an optimizer.</summary>
internal static unsafe class GradientCheck
{
    public static void CheckNorm(in OpSite site, in NoptGradientNormArgs args)
    {
        site.CheckFlags(args.Flags, (uint)NoptGradientFlags.IgnoreNonFinite);
        site.CheckReserved(args.Reserved);
        if (!IsReal(args.Dtype))
            site.Fail($"dtype is {args.Dtype} ({DtypeName(args.Dtype)}), and must be 0 (f32) or 1 (f64)");
        if (!(args.Order > 0))
            site.Fail($"order is {OpSite.Text(args.Order)}, and must be greater than 0");
        int size = DtypeSize(args.Dtype);
        site.CheckArray("parameters", args.Parameters, "length", args.Length, size, size);
        site.CheckArray("gradients", args.Gradients, "length", args.Length, size, size);
        site.CheckPrologues(args.Prologues, args.RowCount, args.Dtype);
        site.CheckSegments(args.Segments, args.SegmentCount, args.Length, args.RowCount);
        if (args.SegmentCount == 0)
            return;
        if (args.Norms != null)
            site.CheckArray("norms", args.Norms, "segment_count", args.SegmentCount, sizeof(double), sizeof(double));
        if (args.NonFiniteCounts != null)
            site.CheckArray("non_finite_counts", args.NonFiniteCounts, "segment_count", args.SegmentCount, sizeof(long), sizeof(long));
        CheckNormOverlaps(site, args);
    }

    public static void CheckAdaptiveClip(in OpSite site, in NoptAdaptiveClipArgs args)
    {
        site.CheckFlags(args.Flags, (uint)NoptGradientFlags.IgnoreNonFinite);
        site.CheckFinite("clipping", args.Clipping, args.W.Dtype);
        if (args.Clipping <= 0)
            site.Fail($"clipping is {OpSite.Text(args.Clipping)}, and must be greater than 0");
        site.CheckFinite("epsilon", args.Epsilon, args.W.Dtype);
        if (args.Epsilon < 0)
            site.Fail($"epsilon is {OpSite.Text(args.Epsilon)}, and must be at least 0");
        site.CheckFinite("gradient_scale", args.GradientScale, args.W.Dtype);
        site.CheckFinite("l1", args.L1, args.W.Dtype);
        site.CheckFinite("l2", args.L2, args.W.Dtype);
        var buffers = new BufferList();
        AddMatrices(site, ref buffers, args.W, args.G, args.Y);
        buffers.Check(site);
    }

    public static void CheckCentralize(in OpSite site, in NoptCentralizeArgs args)
    {
        site.CheckFlags(args.Flags, (uint)NoptGradientFlags.IgnoreNonFinite);
        site.CheckArray("prologue", args.Prologue, "its count", 1, sizeof(NoptPrologue), sizeof(double));
        site.CheckPrologue(-1, *args.Prologue, args.W.Dtype);
        var buffers = new BufferList();
        AddMatrices(site, ref buffers, args.W, args.G, args.Y);
        buffers.AddInput("prologue", args.Prologue, sizeof(NoptPrologue));
        buffers.Check(site);
    }

    /// <summary>The parameters w, their gradients g and the result y, which may be g.</summary>
    private static void AddMatrices(in OpSite site, ref BufferList buffers, in NoptMatrix w, in NoptMatrix g, in NoptMatrix y)
    {
        site.CheckReal("w", w);
        site.CheckMatrix("g", g, w.Dtype);
        site.CheckMatrix("y", y, w.Dtype);
        site.CheckShape("g", g, new("w.rows", w.Rows), new("w.columns", w.Columns));
        site.CheckShape("y", y, new("w.rows", w.Rows), new("w.columns", w.Columns));
        buffers.AddInput("w", w);
        if (!AreSame(g, y))
            buffers.AddInput("g", g);
        buffers.AddOutput("y", y);
    }

    private static void CheckNormOverlaps(in OpSite site, in NoptGradientNormArgs args)
    {
        long bytes = args.Length * DtypeSize(args.Dtype);
        long resultBytes = args.SegmentCount * sizeof(double);
        var buffers = new BufferList();
        buffers.AddInput("parameters", args.Parameters, bytes);
        buffers.AddInput("gradients", args.Gradients, bytes);
        buffers.AddInput("segments", args.Segments, args.SegmentCount * sizeof(NoptSegment));
        buffers.AddInput("prologues", args.Prologues, args.RowCount * sizeof(NoptPrologue));
        buffers.AddOutput("norms", args.Norms, resultBytes);
        buffers.AddOutput("non_finite_counts", args.NonFiniteCounts, resultBytes);
        buffers.Check(site);
    }
}
