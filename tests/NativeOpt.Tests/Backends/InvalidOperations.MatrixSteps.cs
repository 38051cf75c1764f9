using NativeOpt.Interop;

namespace NativeOpt.Tests.Backends;

internal static unsafe partial class InvalidOperations
{
    private static Fault[] MatrixSteps() =>
    [
        MatrixStep("flags is 0x10, and only bits of 0xb are known", (ref a) => a.Flags = 16),
        MatrixStep("reserved is 3, and must be 0", (ref a) => a.Reserved = 3),
        MatrixStep("variant is 0x10, and muon has 4 variant bits", (ref a) => a.Variant = 16),
        MatrixStep("slot_count is 2, muon has 1", (ref a) => a.SlotCount = 2),
        MatrixStep("scalar_count is 0, muon has 7", (ref a) => a.ScalarCount = 0),
        MatrixStep("rows is 0, and must be at least 1", (ref a) => a.Rows = 0),
        MatrixStep("columns is -1, and must be at least 1", (ref a) => a.Columns = -1),
        MatrixStep("rows is 9223372036854775807 and columns is 2: more than can be addressed", (ref a) => a.Rows = long.MaxValue),
        MatrixStep("parameters is null", (ref a) => a.Parameters = null),
        MatrixStep("gradients is at 0x, and must be at a multiple of 4 bytes", (ref a) => a.Gradients = (byte*)a.Gradients + 2),
        MatrixStep("slots is null", (ref a) => a.Slots = null),
        MatrixStep("slots[0] is null", (ref a) => a.Slots[0] = null),
        MatrixStep("prologue is null", (ref a) => a.Prologue = null),
        MatrixStep("prologue.clip_value is -1, and must be at least 0", (ref a) => a.Prologue->ClipValue = -1),
        MatrixStep("prologue.weight_factor is inf, and must be finite as a 32-bit number", (ref a) =>
            a.Prologue->WeightFactor = double.PositiveInfinity),
        MatrixStep("scalars[6] (rate) is nan, and must be finite as a 32-bit number", (ref a) => a.Scalars[6] = double.NaN),
        MatrixStep("coefficients is null", (ref a) => a.Coefficients = null),
        MatrixStep("coefficient_count is 2, and must be a multiple of 3 from 0 to 300", (ref a) => a.CoefficientCount = 2),
        MatrixStep("coefficients[1] is 1e+300, and must be finite as a 32-bit number", (ref a) => a.Coefficients[1] = 1e300),
        MatrixStep("gradients, at 0x, shares memory with parameters, at 0x", (ref a) => a.Gradients = (float*)a.Parameters + 1),
        MatrixStep("slots[0], at 0x, shares memory with gradients, at 0x", (ref a) => a.Slots[0] = (float*)a.Gradients + 3),
    ];

    private static Fault MatrixStep(string sentence, Mistake<NoptMatrixStepArgs> mistake) =>
        new($"matrix_step: {sentence}", $"matrix_step.{sentence}", backend =>
        {
            var memory = (byte*)StepMemory.Pointer;
            var prologue = new NoptPrologue { GradientScale = 1, WeightFactor = 1 };
            double* scalars = stackalloc double[] { 0.95, 0.05, 0.05, 0.95, 1e-7, 0, 0.01 };
            double* coefficients = stackalloc double[] { 3.4445, -4.775, 2.0315 };
            void** slots = stackalloc void*[] { memory + 128, null };
            var args = new NoptMatrixStepArgs
            {
                Optimizer = backend.FindOptimizer("muon"),
                SlotCount = 1,
                ScalarCount = 7,
                Rows = 2,
                Columns = 2,
                Parameters = memory,
                Gradients = memory + 64,
                Slots = slots,
                Prologue = &prologue,
                Scalars = scalars,
                Coefficients = coefficients,
                CoefficientCount = 3,
            };
            mistake(ref args);
            RunSecond(backend, NoptOpKind.MatrixStep, args);
        });
}
