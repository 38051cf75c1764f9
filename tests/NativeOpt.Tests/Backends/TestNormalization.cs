using NativeOpt.Backends;
using NativeOpt.Interop;

namespace NativeOpt.Tests.Backends;

/// <summary>A normalization with its matrices. The moving statistics begin at 0 and 1.</summary>
internal sealed class TestNormalization : IDisposable
{
    private readonly NoptNormalization _kind;
    private readonly TestMatrix? _gamma, _beta;

    public TestNormalization(
        NoptNormalization kind, NoptDtype dtype, int rows, int columns, IReadOnlyList<double>? gamma, IReadOnlyList<double>? beta)
    {
        _kind = kind;
        bool isBatch = kind == NoptNormalization.Batch;
        (int statisticRows, int statisticColumns) = isBatch ? (1, columns) : (rows, 1);
        _gamma = gamma is null ? null : new TestMatrix(dtype, 1, columns, gamma);
        _beta = beta is null ? null : new TestMatrix(dtype, 1, columns, beta);
        MovingMean = isBatch ? new TestMatrix(dtype, 1, columns, [.. Enumerable.Repeat(0.0, columns)]) : null;
        MovingVariance = isBatch ? new TestMatrix(dtype, 1, columns, [.. Enumerable.Repeat(1.0, columns)]) : null;
        Mean = kind == NoptNormalization.Rms ? null : new TestMatrix(dtype, statisticRows, statisticColumns);
        Inverse = new TestMatrix(dtype, statisticRows, statisticColumns);
        Y = new TestMatrix(dtype, rows, columns);
        Dgamma = new TestMatrix(dtype, 1, columns);
        Dbeta = new TestMatrix(dtype, 1, columns);
        Dx = new TestMatrix(dtype, rows, columns);
    }

    public TestMatrix? MovingMean { get; }

    public TestMatrix? MovingVariance { get; }

    public TestMatrix? Mean { get; }

    public TestMatrix Inverse { get; }

    public TestMatrix Y { get; }

    public TestMatrix Dgamma { get; }

    public TestMatrix Dbeta { get; }

    public TestMatrix Dx { get; }

    public void Forward(IBackend backend, TestMatrix x, double epsilon, double momentum = 0, NoptNormalizationFlags flags = 0) =>
        backend.Run(new NoptNormalizationForwardArgs
        {
            Normalization = (int)_kind,
            Flags = (uint)flags,
            Epsilon = epsilon,
            Momentum = momentum,
            X = x.Native,
            Gamma = Native(_gamma),
            Beta = Native(_beta),
            MovingMean = Native(MovingMean),
            MovingVariance = Native(MovingVariance),
            Mean = Native(Mean),
            Inverse = Inverse.Native,
            Y = Y.Native,
        });

    public void Backward(IBackend backend, TestMatrix x, TestMatrix dy, NoptNormalizationFlags flags = 0) =>
        backend.Run(new NoptNormalizationBackwardArgs
        {
            Normalization = (int)_kind,
            Flags = (uint)flags,
            X = x.Native,
            Gamma = Native(_gamma),
            Mean = Native(Mean),
            Inverse = Inverse.Native,
            Dy = dy.Native,
            Dgamma = Dgamma.Native,
            Dbeta = Dbeta.Native,
            Dx = Dx.Native,
        });

    /// <summary>Everything the two have written.</summary>
    public double[] Results() =>
        [.. new[] { Y, Dx, Dgamma, Dbeta, Inverse, Mean, MovingMean, MovingVariance }.SelectMany(matrix => matrix?.Values() ?? [])];

    public void Dispose()
    {
        foreach (TestMatrix? matrix in new[] { _gamma, _beta, MovingMean, MovingVariance, Mean, Inverse, Y, Dgamma, Dbeta, Dx })
            matrix?.Dispose();
    }

    private static NoptMatrix Native(TestMatrix? matrix) => matrix?.Native ?? TestMatrix.Absent;
}
