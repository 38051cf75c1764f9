using NativeOpt.Interop;

namespace NativeOpt.Tests.Backends;

internal static unsafe partial class InvalidOperations
{
    private static Fault[] Noises() =>
    [
        Noise("struct_size is 8, and must be at least 144", (ref a) => a.StructSize = 8),
        Noise("noise is 3, and must be 0 to 2", (ref a) => a.Noise = 3),
        Noise("noise is -1, and must be 0 to 2", (ref a) => a.Noise = -1),
        Noise("rate is 1.5, and must be 0 to 1", (ref a) => a.Rate = 1.5),
        Noise("rate is nan, and must be 0 to 1", (ref a) => a.Rate = double.NaN),
        Noise("scale is inf, and must be finite as a 32-bit number", (ref a) => a.Scale = double.PositiveInfinity),
        Noise("shift is 1e+300, and must be finite as a 32-bit number", (ref a) => a.Shift = 1e300),
        Noise("dropped is -inf, and must be finite as a 32-bit number", (ref a) => a.Dropped = double.NegativeInfinity),
        Noise("x.data is null", (ref a) => a.X.Data = null),
        Noise("y.rows is 3, x.rows is 4", (ref a) => a.Y.Rows = 3),
        Noise("offset is 18446744073709551610, and must be at most 18446744073709551603 for 12 elements", (ref a) =>
            a.Offset = ulong.MaxValue - 5),
        Noise("y, at 0x, shares memory with x, at 0x", (ref a) => a.Y.Data = (float*)a.X.Data + 1),
    ];

    private static Fault Noise(string sentence, Mistake<NoptNoiseArgs> mistake) =>
        Make(NoptOpKind.Noise, "noise", sentence, matrices => new NoptNoiseArgs
        {
            Rate = 0.5,
            X = matrices.Matrix(Batch, In),
            Y = matrices.Matrix(Batch, In),
        }, mistake);

    private static Fault[] Normalizations() =>
    [
        Normalization("normalization is 3, and must be 0 to 2", (ref a) => a.Normalization = 3),
        Normalization("flags is 0x4, and only bits of 0x3 are known", (ref a) => a.Flags = 4),
        Normalization("flags is 0x1, and only bits of 0x0 are known", (ref a) => (a.Normalization, a.Flags) = (1, 1)),
        Normalization("reserved is 1, and must be 0", (ref a) => a.Reserved = 1),
        Normalization("epsilon is nan, and must be finite as a 32-bit number", (ref a) => a.Epsilon = double.NaN),
        Normalization("epsilon is -0.5, and must be at least 0", (ref a) => a.Epsilon = -0.5),
        Normalization("momentum is 2, and must be 0 to 1", (ref a) => a.Momentum = 2),
        Normalization("x.data is null", (ref a) => a.X.Data = null),
        Normalization("gamma.rows is 2, the number of rows of a vector is 1", (ref a) => a.Gamma.Rows = 2),
        Normalization("beta.columns is 2, x.columns is 3", (ref a) => a.Beta.Columns = 2),
        Normalization("moving_mean.data is null", (ref a) => a.MovingMean.Data = null),
        Normalization("moving_variance.data is null", (ref a) => a.MovingVariance.Data = null),
        Normalization("moving_mean.data is null", "fixed", (ref a) => (a.Flags, a.MovingMean, a.MovingVariance) = (1, default, default)),
        Normalization("moving_mean.data must be null: normalization 2 has none", (ref a) => a.Normalization = 2),
        Normalization("moving_variance.data must be null: normalization 1 has none", (ref a) =>
            (a.Normalization, a.MovingMean) = (1, default)),
        Normalization("mean.data must be null: normalization 2 has none", (ref a) =>
            (a.Normalization, a.MovingMean, a.MovingVariance) = (2, default, default)),
        Normalization("mean.rows is 1, x.rows is 4", (ref a) =>
            (a.Normalization, a.MovingMean, a.MovingVariance) = (1, default, default)),
        Normalization("inverse.columns is 1, x.columns is 3", (ref a) => a.Inverse.Columns = 1),
        Normalization("y.data is null", (ref a) => a.Y.Data = null),
        Normalization("y.columns is 2, x.columns is 3", (ref a) => a.Y.Columns = 2),
        Normalization("y, at 0x, shares memory with x, at 0x", (ref a) => a.Y.Data = a.X.Data),
        Normalization("moving_variance, at 0x, shares memory with moving_mean, at 0x", (ref a) =>
            a.MovingVariance.Data = a.MovingMean.Data),
    ];

    private static Fault Normalization(string sentence, Mistake<NoptNormalizationForwardArgs> mistake) =>
        Make(NoptOpKind.NormalizationForward, "normalization_forward", sentence, RightNormalization, mistake);

    private static Fault Normalization(string sentence, string case_, Mistake<NoptNormalizationForwardArgs> mistake) =>
        Normalization(sentence, mistake) with { Name = $"normalization_forward, {case_}: {sentence}" };

    private static NoptNormalizationForwardArgs RightNormalization(List<TestMatrix> matrices) => new()
    {
        X = matrices.Matrix(Batch, In),
        Gamma = matrices.Matrix(1, In),
        Beta = matrices.Matrix(1, In),
        MovingMean = matrices.Matrix(1, In),
        MovingVariance = matrices.Matrix(1, In),
        Mean = matrices.Matrix(1, In),
        Inverse = matrices.Matrix(1, In),
        Y = matrices.Matrix(Batch, In),
    };

    private static Fault[] NormalizationGradients() =>
    [
        NormalizationGradient("flags is 0x2, and only bits of 0x5 are known", (ref a) => a.Flags = 2),
        NormalizationGradient("flags is 0x5, and only bits of 0x4 are known", (ref a) => (a.Normalization, a.Flags) = (2, 5)),
        NormalizationGradient("x.data is null", (ref a) => a.X.Data = null),
        NormalizationGradient("mean.data is null", (ref a) => a.Mean.Data = null),
        NormalizationGradient("inverse.data is null", (ref a) => a.Inverse.Data = null),
        NormalizationGradient("mean.data must be null: normalization 2 has none", (ref a) => a.Normalization = 2),
        NormalizationGradient("dy.data is null", (ref a) => a.Dy.Data = null),
        NormalizationGradient("dy.rows is 2, x.rows is 4", (ref a) => a.Dy.Rows = 2),
        NormalizationGradient("dgamma.columns is 1, x.columns is 3", (ref a) => a.Dgamma.Columns = 1),
        NormalizationGradient("dx.columns is 2, x.columns is 3", (ref a) => a.Dx.Columns = 2),
        NormalizationGradient("dx, at 0x, shares memory with dy, at 0x", (ref a) => a.Dx.Data = a.Dy.Data),
    ];

    private static Fault NormalizationGradient(string sentence, Mistake<NoptNormalizationBackwardArgs> mistake) =>
        Make(NoptOpKind.NormalizationBackward, "normalization_backward", sentence, matrices => new NoptNormalizationBackwardArgs
        {
            X = matrices.Matrix(Batch, In),
            Gamma = matrices.Matrix(1, In),
            Mean = matrices.Matrix(1, In),
            Inverse = matrices.Matrix(1, In),
            Dy = matrices.Matrix(Batch, In),
            Dgamma = matrices.Matrix(1, In),
            Dbeta = matrices.Matrix(1, In),
            Dx = matrices.Matrix(Batch, In),
        }, mistake);
}
