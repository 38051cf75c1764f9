using NativeOpt.Backends;
using NativeOpt.Interop;

namespace NativeOpt.Cli.Replay.Tensors;

/// <summary>A normalization made of single operations, with its gradients. Moving statistics begin at 0 and 1.</summary>
internal sealed class NormalizationOperation : IDisposable
{
    private readonly IBackend _backend;
    private readonly NoptNormalization _kind;
    private readonly Matrix _mean, _inverse;
    private readonly Matrix? _gamma, _beta, _movingMean, _movingVariance;

    /// <summary>A normalization of matrices of one size.</summary>
    /// <param name="backend">What computes.</param>
    /// <param name="kind">Batch or layer.</param>
    /// <param name="x">A matrix of that size.</param>
    /// <param name="gamma">Factors of the columns, or null.</param>
    /// <param name="beta">What is added to the columns, or null.</param>
    public NormalizationOperation(IBackend backend, NoptNormalization kind, Matrix x, Grid? gamma, Grid? beta)
    {
        (_backend, _kind) = (backend, kind);
        (NoptDtype dtype, bool isBatch, int columns) = (x.Dtype, kind == NoptNormalization.Batch, x.Columns);
        _gamma = gamma is null ? null : new Matrix(dtype, gamma);
        _beta = beta is null ? null : new Matrix(dtype, beta);
        _movingMean = isBatch ? new Matrix(dtype, new Grid(1, columns, new double[columns])) : null;
        _movingVariance = isBatch ? new Matrix(dtype, new Grid(1, columns, [.. Enumerable.Repeat(1.0, columns)])) : null;
        _mean = isBatch ? new Matrix(dtype, 1, columns) : new Matrix(dtype, x.Rows, 1);
        _inverse = new Matrix(dtype, _mean.Rows, _mean.Columns);
        (Dgamma, Dbeta) = (new Matrix(dtype, 1, columns), new Matrix(dtype, 1, columns));
    }

    public Matrix Dgamma { get; }

    public Matrix Dbeta { get; }

    /// <summary>What the moving statistics are by now, of a batch normalization.</summary>
    public (double[] Mean, double[] Variance) Moving => (_movingMean!.ToArray(), _movingVariance!.ToArray());

    /// <summary>Fills y, and follows the batch with the moving statistics unless they are fixed.</summary>
    public void Forward(Matrix x, Matrix y, double epsilon, double momentum, NoptNormalizationFlags flags) =>
        Operations.Run(_backend, NoptOpKind.NormalizationForward, new NoptNormalizationForwardArgs
        {
            Normalization = (int)_kind,
            Flags = (uint)flags,
            Epsilon = epsilon,
            Momentum = momentum,
            X = x.Native,
            Gamma = _gamma?.Native ?? default,
            Beta = _beta?.Native ?? default,
            MovingMean = _movingMean?.Native ?? default,
            MovingVariance = _movingVariance?.Native ?? default,
            Mean = _mean.Native,
            Inverse = _inverse.Native,
            Y = y.Native,
        });

    /// <summary>Fills dx, <see cref="Dgamma"/> and <see cref="Dbeta"/>, after a forward with the same flags.</summary>
    public void Backward(Matrix x, Matrix dy, Matrix dx, NoptNormalizationFlags flags) =>
        Operations.Run(_backend, NoptOpKind.NormalizationBackward, new NoptNormalizationBackwardArgs
        {
            Normalization = (int)_kind,
            Flags = (uint)(flags & NoptNormalizationFlags.Fixed),
            X = x.Native,
            Gamma = _gamma?.Native ?? default,
            Mean = _mean.Native,
            Inverse = _inverse.Native,
            Dy = dy.Native,
            Dgamma = Dgamma.Native,
            Dbeta = Dbeta.Native,
            Dx = dx.Native,
        });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Matrix? matrix in new[] { _gamma, _beta, _movingMean, _movingVariance, _mean, _inverse, Dgamma, Dbeta })
            matrix?.Dispose();
    }
}
