using NativeOpt.Interop;

namespace NativeOpt.Tests.Backends;

internal static unsafe partial class InvalidOperations
{
    private static Fault[] Weights() =>
    [
        Constraint("constraint is 4, and must be 0 to 3", (ref a) => a.Constraint = 4),
        Constraint("group is 3, and must be 0 to 2", (ref a) => a.Group = 3),
        Constraint("reserved is 1, and must be 0", (ref a) => a.Reserved = 1),
        Constraint("minimum is -1, and must be at least 0", (ref a) => a.Minimum = -1),
        Constraint("maximum is inf, and must be finite as a 32-bit number", (ref a) => a.Maximum = double.PositiveInfinity),
        Constraint("maximum is 2, and must be at least minimum, which is 3", (ref a) => a.Minimum = 3),
        Constraint("rate is 2, and must be 0 to 1", (ref a) => a.Rate = 2),
        Constraint("epsilon is -1e-07, and must be at least 0", (ref a) => a.Epsilon = -1e-7),
        Constraint("w.data is null", (ref a) => a.W.Data = null),
        Average("form is 2, and must be 0 to 1", (ref a) => a.Form = 2),
        Average("keep is nan, and must be 0 to 1", (ref a) => a.Keep = double.NaN),
        Average("keep is -0.5, and must be 0 to 1", (ref a) => a.Keep = -0.5),
        Average("keep is 1.5, and must be 0 to 1", (ref a) => a.Keep = 1.5),
        Average("w.data is null", (ref a) => a.W.Data = null),
        Average("a.dtype is 3 (i32), and must be 0 (f32)", (ref a) => a.A.Dtype = (int)NoptDtype.I32),
        Average("a.rows is 3, w.rows is 4", (ref a) => a.A.Rows = 3),
        Average("a, at 0x, shares memory with w, at 0x", (ref a) => a.A.Data = a.W.Data),
        Penalty("reserved is 1, and must be 0", (ref a) => a.Reserved = 1),
        Penalty("l1 is nan, and must be finite as a 32-bit number", (ref a) => a.L1 = double.NaN),
        Penalty("l2 is 1e+39, and must be finite as a 32-bit number", (ref a) => a.L2 = 1e39),
        Penalty("gradient_scale is inf, and must be finite as a 32-bit number", (ref a) => a.GradientScale = double.PositiveInfinity),
        Penalty("gradient_scale * l1 is 4e+38, and must be finite as a 32-bit number", (ref a) => (a.L1, a.GradientScale) = (2e38, 2)),
        Penalty("2 * gradient_scale * l2 is 4e+38, and must be finite as a 32-bit number", (ref a) => a.L2 = 2e38),
        Penalty("x.data is null", (ref a) => a.X.Data = null),
        Penalty("dx.columns is 2, x.columns is 3", (ref a) => a.Dx.Columns = 2),
        Penalty("value is at 0x, and must be at a multiple of 8 bytes", (ref a) => a.Value = (double*)((byte*)StepMemory.Pointer + 4)),
        Penalty("value, at 0x, shares memory with x, at 0x", (ref a) => a.Value = (double*)a.X.Data),
    ];

    private static Fault Constraint(string sentence, Mistake<NoptConstraintArgs> mistake) =>
        Make(NoptOpKind.Constraint, "constraint", sentence, matrices => new NoptConstraintArgs
        {
            Maximum = 2,
            Rate = 1,
            Epsilon = 1e-7,
            W = matrices.Matrix(Batch, In),
        }, mistake);

    private static Fault Average(string sentence, Mistake<NoptAverageArgs> mistake) =>
        Make(NoptOpKind.Average, "average", sentence, matrices => new NoptAverageArgs
        {
            Keep = 0.9,
            W = matrices.Matrix(Batch, In),
            A = matrices.Matrix(Batch, In),
        }, mistake);

    private static Fault Penalty(string sentence, Mistake<NoptPenaltyArgs> mistake) =>
        Make(NoptOpKind.Penalty, "penalty", sentence, matrices => new NoptPenaltyArgs
        {
            L1 = 0.01,
            L2 = 0.01,
            GradientScale = 1,
            X = matrices.Matrix(Batch, In),
            Dx = matrices.Matrix(Batch, In),
            Value = (double*)StepMemory.Pointer,
        }, mistake);
}
