using NativeOpt.Interop;

namespace NativeOpt.Tests.Backends;

internal static unsafe partial class InvalidOperations
{
    // Static memory for a step: two parameters, one slot. Nothing of it is ever written, because every plan is refused.
    private static readonly AlignedBuffer StepMemory = AlignedBuffer.Allocate<double>(64);

    private static Fault[] Losses() =>
    [
        Loss("loss is 19, and must be 0 to 18", (ref a) => a.Loss = 19),
        Loss("flags is 0x101, and only bits of 0xff are known", (ref a) => a.Flags = 0x101),
        Loss("flags is 0x10, and loss 3 takes only bits of 0xb", (ref a) => a.Flags = 16),
        Loss("flags is 0x9: logits are never clipped, leave 0x8 out", (ref a) => a.Flags = 9),
        Loss("ignore_class is 1, and must be 0 without flag 0x2", (ref a) => a.IgnoreClass = 1),
        Loss("delta is 1, and must be 0: loss 3 has none", (ref a) => a.Delta = 1),
        Loss("gamma is 0.5, and must be 0: loss 3 has none", (ref a) => a.Gamma = 0.5),
        Loss("alpha is 1, and must be 0: loss 3 has none", (ref a) => a.Alpha = 1),
        Loss("beta is 1, and must be 0: loss 3 has none", (ref a) => a.Beta = 1),
        Loss("epsilon is 1e-07, and must be 0: loss 3 has none", (ref a) => a.Epsilon = 1e-7),
        Loss("label_smoothing is nan, and must be finite as a 32-bit number", (ref a) => a.LabelSmoothing = double.NaN),
        Loss("class_weights.rows is 2, the number of rows of one value a column is 1", (ref a) => a.ClassWeights.Rows = 2),
        Loss("class_weights.columns is 2, y.columns is 3", (ref a) => a.ClassWeights.Columns = 2),
        Loss("dy, at 0x, shares memory with class_weights, at 0x", (ref a) => a.Dy.Data = a.ClassWeights.Data),
        Loss("gradient_scale is nan, and must be finite as a 32-bit number", (ref a) => a.GradientScale = double.NaN),
        Loss("gradient_scale is inf, and must be finite as a 32-bit number", (ref a) => a.GradientScale = double.PositiveInfinity),
        Loss("y.data is null", (ref a) => a.Y.Data = null),
        Loss("targets.data is null", (ref a) => a.Targets.Data = null),
        Loss("targets.dtype is 0 (f32), and must be 3 (i32)", (ref a) => a.Targets.Dtype = (int)NoptDtype.F32),
        Loss("targets.rows is 3, y.rows is 4", (ref a) => a.Targets.Rows = 3),
        Loss("targets.columns is 2, the number of columns of one value a row is 1", (ref a) => a.Targets.Columns = 2),
        Loss("targets[2] is 3, and must be at least 0 and below y.columns, which is 3", (ref a) =>
            ((int*)a.Targets.Data)[2 * a.Targets.Stride] = 3),
        Loss("targets[0] is -1, and must be at least 0 and below y.columns, which is 3", (ref a) => *(int*)a.Targets.Data = -1),
        Loss("sample_weights.rows is 1, y.rows is 4", (ref a) => a.SampleWeights.Rows = 1),
        Loss("dy.columns is 2, y.columns is 3", (ref a) => a.Dy.Columns = 2),
        Loss("dy, at 0x, shares memory with targets, at 0x", (ref a) => a.Dy.Data = a.Targets.Data),
        Loss("loss_sum is at 0x, and must be at a multiple of 8 bytes", (ref a) => a.LossSum = (double*)((byte*)a.Dy.Data + 4)),
        SquaredError("flags is 0x1, and loss 0 takes only bits of 0x0", (ref a) => a.Flags = 1),
        SquaredError("correct_count is 0x, and must be null: loss 0 has no right answers", (ref a) =>
            a.CorrectCount = (long*)StepMemory.Pointer),
        SquaredError("targets.columns is 2, y.columns is 3", (ref a) => a.Targets.Columns = 2),
        SquaredError("flags is 0x20: 0x20 is only for predictions with 0x10", (ref a) =>
            (a.Loss, a.Flags) = ((int)NoptLoss.KlDivergence, (uint)NoptLossFlags.LogTargets)),
        SquaredError("sample_weights.data is 0x, and must be null: with flag 0x80 rows have no value", (ref a) =>
            (a.Loss, a.Flags, a.SampleWeights) =
                ((int)NoptLoss.Tversky, (uint)NoptLossFlags.WholeBatch, a.Y with { Columns = 1 })),
        SquaredError("class_weights.data is 0x, and must be null: loss 7 takes none", (ref a) =>
            (a.Loss, a.ClassWeights) = ((int)NoptLoss.Huber, a.Y with { Rows = 1 })),
    ];

    private static Fault Loss(string sentence, Mistake<NoptLossArgs> mistake) =>
        Make(NoptOpKind.Loss, "loss", sentence, matrices => new NoptLossArgs
        {
            Loss = (int)NoptLoss.SparseCategoricalCrossEntropy,
            GradientScale = 1,
            Y = matrices.Matrix(Batch, In),
            Targets = matrices.Matrix(Batch, 1, NoptDtype.I32),
            SampleWeights = matrices.Matrix(Batch, 1),
            ClassWeights = matrices.Matrix(1, In),
            Dy = matrices.Matrix(Batch, In),
        }, mistake);

    private static Fault SquaredError(string sentence, Mistake<NoptLossArgs> mistake) =>
        Make(NoptOpKind.Loss, "loss", sentence, matrices => new NoptLossArgs
        {
            GradientScale = 1,
            Y = matrices.Matrix(Batch, In),
            Targets = matrices.Matrix(Batch, In),
        }, mistake);

    private static Fault[] Random() =>
    [
        Uniform("reserved is 2, and must be 0", (ref a) => a.Reserved = 2),
        Uniform("low is nan, and must be finite as a 32-bit number", (ref a) => a.Low = double.NaN),
        Uniform("high is 1e+300, and must be finite as a 32-bit number", (ref a) => a.High = 1e300),
        Uniform("low is 1, and must be below high, which is 1", (ref a) => a.Low = 1),
        Uniform("high - low is 6e+38, and must be finite as a 32-bit number", (ref a) => (a.Low, a.High) = (-3e38, 3e38)),
        Uniform("y.data is null", (ref a) => a.Y.Data = null),
        Uniform("offset is 18446744073709551615, and must be at most 18446744073709551603 for 12 elements", (ref a) =>
            a.Offset = ulong.MaxValue),
    ];

    private static Fault Uniform(string sentence, Mistake<NoptRandomUniformArgs> mistake) =>
        Make(NoptOpKind.RandomUniform, "random_uniform", sentence, matrices => new NoptRandomUniformArgs
        {
            High = 1,
            Y = matrices.Matrix(Batch, In),
        }, mistake);

    private static Fault[] Steps() =>
    [
        Step("flags is 0x20, and only bits of 0x1b are known", (ref a) => a.Flags = 32),
        Step("reserved is 3, and must be 0", (ref a) => a.Reserved = 3),
        Step("variant is 0x1, and momentum has 0 variant bits", (ref a) => a.Variant = 1),
        Step("slot_count is 2, momentum has 1", (ref a) => a.SlotCount = 2),
        Step("scalar_count is 0, momentum has 3", (ref a) => a.ScalarCount = 0),
        Step("length is 0, and must be at least 1", (ref a) => a.Length = 0),
        Step("length is 9223372036854775807: more than can be addressed", (ref a) => a.Length = long.MaxValue),
        Step("parameters is null", (ref a) => a.Parameters = null),
        Step("gradients is at 0x, and must be at a multiple of 4 bytes", (ref a) => a.Gradients = (byte*)a.Gradients + 2),
        Step("slots is null", (ref a) => a.Slots = null),
        Step("slots[0] is null", (ref a) => a.Slots[0] = null),
        Step("segments is null", (ref a) => a.Segments = null),
        Step("segment_count is -1, and must be at least 0", (ref a) => a.SegmentCount = -1),
        Step("segments[0].count is 0, and must be at least 1", (ref a) => a.Segments[0].Count = 0),
        Step("segments[0].offset is -1, and must be at least 0, where the segment before ends", (ref a) => a.Segments[0].Offset = -1),
        Step("segments[1].offset is 1, and must be at least 2, where the segment before ends", (ref a) => a.Segments[1].Offset = 1),
        Step("segments[1] is 3 elements at 2, and length is 4", (ref a) => a.Segments[1].Count = 3),
        Step("segments[1].scalars_index is 1, and must be at least 0 and below row_count, which is 1", (ref a) =>
            a.Segments[1].ScalarsIndex = 1),
        Step("row_count is 0, and must be at least 1", (ref a) => a.RowCount = 0),
        Step("prologues[0].clip_value is inf, and must be finite as a 32-bit number", (ref a) =>
            a.Prologues[0].ClipValue = double.PositiveInfinity),
        Step("prologues[0].clip_value is -1, and must be at least 0", (ref a) => a.Prologues[0].ClipValue = -1),
        Step("scalars[0][2] (step) is nan, and must be finite as a 32-bit number", (ref a) => a.Scalars[2] = double.NaN),
        Step("gradients, at 0x, shares memory with parameters, at 0x", (ref a) => a.Gradients = (float*)a.Parameters + 1),
        Step("slots[0], at 0x, shares memory with parameters, at 0x", (ref a) => a.Slots[0] = a.Parameters),
    ];

    private static Fault Step(string sentence, Mistake<NoptOptimizerStepArgs> mistake) =>
        new($"optimizer_step: {sentence}", $"optimizer_step.{sentence}", backend =>
        {
            var memory = (byte*)StepMemory.Pointer;
            NoptSegment* segments = stackalloc NoptSegment[] { new() { Count = 2 }, new() { Offset = 2, Count = 2 } };
            var prologue = new NoptPrologue { GradientScale = 1, WeightFactor = 1 };
            double* scalars = stackalloc double[] { 0.9, -0.01, -1 };
            void** slots = stackalloc void*[] { memory + 128, null };
            var args = new NoptOptimizerStepArgs
            {
                Optimizer = backend.FindOptimizer("momentum"),
                SlotCount = 1,
                ScalarCount = 3,
                Length = 4,
                Parameters = memory,
                Gradients = memory + 64,
                Slots = slots,
                Segments = segments,
                SegmentCount = 2,
                Prologues = &prologue,
                Scalars = scalars,
                RowCount = 1,
            };
            mistake(ref args);
            RunSecond(backend, NoptOpKind.OptimizerStep, args);
        });
}
