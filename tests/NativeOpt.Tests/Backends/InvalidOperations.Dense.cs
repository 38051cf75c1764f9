using NativeOpt.Interop;

namespace NativeOpt.Tests.Backends;

internal static unsafe partial class InvalidOperations
{
    private static Fault[] Forward() =>
    [
        Forward("struct_size is 8, and must be at least 216", (ref a) => a.StructSize = 8),
        Forward("activation is 99, and must be 0 to 25 in a dense layer", (ref a) => a.Activation = 99),
        Forward("activation is -1, and must be 0 to 25 in a dense layer", (ref a) => a.Activation = -1),
        Forward("activation_parameter is 0.5, and must be 0: activation 1 has none", (ref a) =>
        {
            a.Activation = (int)NoptActivation.Relu;
            a.ActivationParameter = 0.5;
        }),
        Forward("activation_parameter is -0.1, and must be at least 0", (ref a) =>
        {
            a.Activation = (int)NoptActivation.LeakyRelu;
            a.ActivationParameter = -0.1;
        }),
        Forward("activation_parameter is 0, and must be above 0 as a 32-bit number", (ref a) => a.Activation = (int)NoptActivation.Celu),
        Forward("activation_parameter is inf, and must be finite as a 32-bit number", (ref a) =>
        {
            a.Activation = (int)NoptActivation.Softplus;
            a.ActivationParameter = double.PositiveInfinity;
        }),
        Forward("x.data is null", (ref a) => a.X.Data = null),
        Forward("w.data is null", (ref a) => a.W.Data = null),
        Forward("y.data is null", (ref a) => a.Y.Data = null),
        Forward("x.rows is 0, and must be at least 1", (ref a) => a.X.Rows = 0),
        Forward("x.rows is -4, and must be at least 1", (ref a) => a.X.Rows = -4),
        Forward("x.columns is 0, and must be at least 1", (ref a) => a.X.Columns = 0),
        Forward("w.stride is 1, and must be at least w.columns, which is 2", (ref a) => a.W.Stride = 1),
        Forward("x.layout is 1, and must be 0 (row-major)", (ref a) => a.X.Layout = 1),
        Forward("x.data is at 0x, and must be at a multiple of 4 bytes", (ref a) => a.X.Data = (byte*)a.X.Data + 1),
        Forward("w.dtype is 3 (i32), and must be 0 (f32)", (ref a) => a.W.Dtype = (int)NoptDtype.I32),
        Forward("y has 4611686018427387904 rows with a stride of 5: more than can be addressed", (ref a) => a.Y.Rows = 1L << 62),
        Forward("w.rows is 5, x.columns is 3", (ref a) => a.W.Rows = 5),
        Forward("b.columns is 1, w.columns is 2", (ref a) => a.B.Columns = 1),
        Forward("b.rows is 2, the number of rows of a bias is 1", (ref a) => a.B.Rows = 2),
        Forward("z.rows is 3, x.rows is 4", (ref a) => a.Z.Rows = 3),
        Forward("y.rows is 5, x.rows is 4", (ref a) => a.Y.Rows = 5),
        Forward("y.columns is 3, w.columns is 2", (ref a) => a.Y.Columns = 3),
        Forward("y, at 0x, shares memory with x, at 0x", (ref a) => a.Y.Data = a.X.Data),
        Forward("y, at 0x, shares memory with z, at 0x", (ref a) => a.Y.Data = a.Z.Data),
        Forward("z, at 0x, shares memory with b, at 0x", (ref a) => a.Z.Data = a.B.Data),
    ];

    private static Fault Forward(string sentence, Mistake<NoptDenseForwardArgs> mistake) =>
        Make(NoptOpKind.DenseForward, "dense_forward", sentence, matrices => new NoptDenseForwardArgs
        {
            X = matrices.Matrix(Batch, In),
            W = matrices.Matrix(In, Out),
            B = matrices.Matrix(1, Out),
            Z = matrices.Matrix(Batch, Out),
            Y = matrices.Matrix(Batch, Out),
        }, mistake);

    private static Fault[] Backward() =>
    [
        Backward("flags is 0x2, and only bits of 0x1 are known", (ref a) => a.Flags = 2),
        Backward("reserved is 7, and must be 0", (ref a) => a.Reserved = 7),
        Backward("activation is 26, and must be 0 to 25 in a dense layer", (ref a) => a.Activation = 26),
        Backward("x.data is null", (ref a) => a.X.Data = null),
        Backward("dy.data is null", (ref a) => a.Dy.Data = null),
        Backward("w.data is null, and dx needs w", (ref a) => a.W = default),
        Backward("y.data is null, and activation 1 needs y", (ref a) => a.Y = default),
        Backward("z.data is null, and activation 13 needs z", (ref a) => a.Activation = (int)NoptActivation.Mish),
        Backward("dy.rows is 3, x.rows is 4", (ref a) => a.Dy.Rows = 3),
        Backward("w.rows is 2, x.columns is 3", (ref a) => a.W.Rows = 2),
        Backward("dw.columns is 1, dy.columns is 2", (ref a) => a.Dw.Columns = 1),
        Backward("db.rows is 2, the number of rows of a bias is 1", (ref a) => a.Db.Rows = 2),
        Backward("dx.columns is 2, x.columns is 3", (ref a) => a.Dx.Columns = 2),
        Backward("dx, at 0x, shares memory with x, at 0x", (ref a) => a.Dx.Data = a.X.Data),
        Backward("dw, at 0x, shares memory with w, at 0x", (ref a) => a.Dw.Data = a.W.Data),
        Backward("dy, at 0x, shares memory with y, at 0x", (ref a) => a.Dy.Data = a.Y.Data),
        Backward("db, at 0x, shares memory with dw, at 0x", (ref a) => a.Db.Data = a.Dw.Data),
    ];

    private static Fault Backward(string sentence, Mistake<NoptDenseBackwardArgs> mistake) =>
        Make(NoptOpKind.DenseBackward, "dense_backward", sentence, matrices => new NoptDenseBackwardArgs
        {
            Activation = (int)NoptActivation.Relu,
            X = matrices.Matrix(Batch, In),
            W = matrices.Matrix(In, Out),
            Y = matrices.Matrix(Batch, Out),
            Dy = matrices.Matrix(Batch, Out),
            Dw = matrices.Matrix(In, Out),
            Db = matrices.Matrix(1, Out),
            Dx = matrices.Matrix(Batch, In),
        }, mistake);
}
