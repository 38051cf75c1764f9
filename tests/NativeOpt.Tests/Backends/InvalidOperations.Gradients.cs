using NativeOpt.Interop;

namespace NativeOpt.Tests.Backends;

// Operations that look at gradients before a step of an optimizer.
internal static unsafe partial class InvalidOperations
{
    private static IEnumerable<Fault> Gradients() =>
    [
        Norm("flags is 0x2, and only bits of 0x1 are known", (ref a) => a.Flags = 2),
        Norm("reserved is 1, and must be 0", (ref a) => a.Reserved = 1),
        Norm("order is 0, and must be greater than 0", (ref a) => a.Order = 0),
        Norm("order is nan, and must be greater than 0", (ref a) => a.Order = double.NaN),
        Norm("parameters is null", (ref a) => a.Parameters = null),
        Norm("gradients is null", (ref a) => a.Gradients = null),
        Norm("length is 0, and must be at least 1", (ref a) => a.Length = 0),
        Norm("prologues is null", (ref a) => a.Prologues = null),
        Norm("row_count is 0, and must be at least 1", (ref a) => a.RowCount = 0),
        Norm("segment_count is -1, and must be at least 0", (ref a) => a.SegmentCount = -1),
        Norm("segments is null", (ref a) => a.Segments = null),
        Norm("segments[1] is 3 elements at 2, and length is 4", (ref a) => a.Segments[1].Count = 3),
        Norm("segments[1].scalars_index is 1, and must be at least 0 and below row_count, which is 1", (ref a) =>
            a.Segments[1].ScalarsIndex = 1),
        Norm("prologues[0].l2 is inf, and must be finite as a 32-bit number", (ref a) => a.Prologues[0].L2 = double.PositiveInfinity),
        Norm("norms, at 0x, shares memory with gradients, at 0x", (ref a) => a.Norms = (double*)a.Gradients),
        Norm("non_finite_counts, at 0x, shares memory with norms, at 0x", (ref a) => a.NonFiniteCounts = (long*)a.Norms),
        Clip("flags is 0x2, and only bits of 0x1 are known", (ref a) => a.Flags = 2),
        Clip("clipping is 0, and must be greater than 0", (ref a) => a.Clipping = 0),
        Clip("clipping is inf, and must be finite as a 32-bit number", (ref a) => a.Clipping = double.PositiveInfinity),
        Clip("epsilon is -1, and must be at least 0", (ref a) => a.Epsilon = -1),
        Clip("gradient_scale is nan, and must be finite as a 32-bit number", (ref a) => a.GradientScale = double.NaN),
        Clip("l1 is inf, and must be finite as a 32-bit number", (ref a) => a.L1 = double.PositiveInfinity),
        Clip("w.data is null", (ref a) => a.W.Data = null),
        Clip("g.rows is 3, w.rows is 4", (ref a) => a.G.Rows = 3),
        Clip("y.columns is 1, w.columns is 2", (ref a) => a.Y.Columns = 1),
        Clip("y, at 0x, shares memory with w, at 0x", (ref a) => a.Y = a.W),
        Clip("y, at 0x, shares memory with g, at 0x", (ref a) => a.Y.Data = (float*)a.G.Data + 1),
        Centralize("flags is 0x2, and only bits of 0x1 are known", (ref a) => a.Flags = 2),
        Centralize("prologue is null", (ref a) => a.Prologue = null),
        Centralize("prologue.l1 is inf, and must be finite as a 32-bit number", (ref a) => a.Prologue->L1 = double.PositiveInfinity),
        Centralize("w.data is null", (ref a) => a.W.Data = null),
        Centralize("g.rows is 3, w.rows is 4", (ref a) => a.G.Rows = 3),
        Centralize("y.columns is 1, w.columns is 2", (ref a) => a.Y.Columns = 1),
        Centralize("y, at 0x, shares memory with w, at 0x", (ref a) => a.Y = a.W),
    ];

    private static Fault Norm(string sentence, Mistake<NoptGradientNormArgs> mistake) =>
        new($"gradient_norm: {sentence}", $"gradient_norm.{sentence}", backend =>
        {
            var memory = (byte*)StepMemory.Pointer;
            NoptSegment* segments = stackalloc NoptSegment[] { new() { Count = 2 }, new() { Offset = 2, Count = 2 } };
            var prologue = new NoptPrologue { GradientScale = 1, WeightFactor = 1 };
            var args = new NoptGradientNormArgs
            {
                Order = 2,
                Length = 4,
                Parameters = memory,
                Gradients = memory + 64,
                Segments = segments,
                SegmentCount = 2,
                Prologues = &prologue,
                RowCount = 1,
                Norms = (double*)(memory + 128),
                NonFiniteCounts = (long*)(memory + 192),
            };
            mistake(ref args);
            RunSecond(backend, NoptOpKind.GradientNorm, args);
        });

    private static Fault Clip(string sentence, Mistake<NoptAdaptiveClipArgs> mistake) =>
        Make(NoptOpKind.AdaptiveClip, "adaptive_clip", sentence, matrices => new NoptAdaptiveClipArgs
        {
            Clipping = 0.1,
            Epsilon = 1e-3,
            GradientScale = 1,
            W = matrices.Matrix(Batch, Out),
            G = matrices.Matrix(Batch, Out),
            Y = matrices.Matrix(Batch, Out),
        }, mistake);

    private static Fault Centralize(string sentence, Mistake<NoptCentralizeArgs> mistake) =>
        new($"centralize: {sentence}", $"centralize.{sentence}", backend =>
        {
            var matrices = new List<TestMatrix>();
            var prologue = new NoptPrologue { GradientScale = 1, WeightFactor = 1 };
            var args = new NoptCentralizeArgs
            {
                Prologue = &prologue,
                W = matrices.Matrix(Batch, Out),
                G = matrices.Matrix(Batch, Out),
                Y = matrices.Matrix(Batch, Out),
            };
            try
            {
                mistake(ref args);
                RunSecond(backend, NoptOpKind.Centralize, args);
            }
            finally
            {
                matrices.ForEach(matrix => matrix.Dispose());
            }
        });
}
