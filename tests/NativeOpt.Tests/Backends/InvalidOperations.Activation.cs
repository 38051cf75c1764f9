using NativeOpt.Interop;

namespace NativeOpt.Tests.Backends;

internal static unsafe partial class InvalidOperations
{
    private static Fault[] Activations() =>
    [
        Activation("struct_size is 4294967295, and must be at most 4232", (ref a) => a.StructSize = uint.MaxValue),
        Activation("activation is 77, and must be 0 to 26", (ref a) => a.Activation = 77),
        Activation("y.rows is 2, x.rows is 4", (ref a) => a.Y.Rows = 2),
        Activation("y.columns is 1, x.columns is 3", (ref a) => a.Y.Columns = 1),
        Activation("y, at 0x, shares memory with x, at 0x", (ref a) => a.Y.Data = (float*)a.X.Data + 1),
        Activation("slopes.data is 0x, and must be null: activation 0 has none", (ref a) => a.Slopes = a.X),
        Activation("slopes.data is null", (ref a) => a.Activation = (int)NoptActivation.Prelu),
        Activation("slopes.columns is 2, x.columns is 3", (ref a) =>
            (a.Activation, a.Slopes) = ((int)NoptActivation.Prelu, a.Y with { Rows = 1, Columns = 2 })),
        Activation("y, at 0x, shares memory with slopes, at 0x", (ref a) =>
            (a.Activation, a.Slopes) = ((int)NoptActivation.Prelu, a.Y with { Rows = 1 })),
    ];

    private static Fault Activation(string sentence, Mistake<NoptActivationArgs> mistake) =>
        Make(NoptOpKind.Activation, "activation", sentence, matrices => new NoptActivationArgs
        {
            X = matrices.Matrix(Batch, In),
            Y = matrices.Matrix(Batch, In),
        }, mistake);

    private static Fault[] ActivationBackwards() =>
    [
        ActivationBackward("activation is 27, and must be 0 to 26", (ref a) => a.Activation = 27),
        ActivationBackward("activation_parameter is 1, and must be 0: activation 26 has none", (ref a) => a.ActivationParameter = 1),
        ActivationBackward("flags is 0x2, and only bits of 0x1 are known", (ref a) => a.Flags = 2),
        ActivationBackward("reserved is 1, and must be 0", (ref a) => a.Reserved = 1),
        ActivationBackward("x.data is null, and activation 26 needs x", (ref a) => a.X = default),
        ActivationBackward("y.data is null, and activation 8 needs y", (ref a) =>
            (a.Activation, a.Y) = ((int)NoptActivation.Selu, default)),
        ActivationBackward("dy.data is null", (ref a) => a.Dy = default),
        ActivationBackward("x.rows is 3, dy.rows is 4", (ref a) => a.X.Rows = 3),
        ActivationBackward("y.columns is 2, dy.columns is 3", (ref a) => a.Y.Columns = 2),
        ActivationBackward("dx.rows is 5, dy.rows is 4", (ref a) => a.Dx.Rows = 5),
        ActivationBackward("slopes.rows is 2, the number of rows of slopes is 1", (ref a) => a.Slopes.Rows = 2),
        ActivationBackward("dslopes.columns is 1, slopes.columns is 3", (ref a) => a.Dslopes.Columns = 1),
        ActivationBackward("dslopes.data is 0x, and must be null where slopes is absent", (ref a) =>
            (a.Activation, a.Slopes) = ((int)NoptActivation.Tanh, default)),
        ActivationBackward("dx, at 0x, shares memory with x, at 0x", (ref a) => a.Dx.Data = a.X.Data),
        ActivationBackward("dx, at 0x, shares memory with dy, at 0x", (ref a) => a.Dx.Data = (float*)a.Dy.Data + 1),
    ];

    private static Fault ActivationBackward(string sentence, Mistake<NoptActivationBackwardArgs> mistake) =>
        Make(NoptOpKind.ActivationBackward, "activation_backward", sentence, matrices => new NoptActivationBackwardArgs
        {
            Activation = (int)NoptActivation.Prelu,
            X = matrices.Matrix(Batch, In),
            Y = matrices.Matrix(Batch, In),
            Slopes = matrices.Matrix(1, In),
            Dy = matrices.Matrix(Batch, In),
            Dslopes = matrices.Matrix(1, In),
            Dx = matrices.Matrix(Batch, In),
        }, mistake);
}
