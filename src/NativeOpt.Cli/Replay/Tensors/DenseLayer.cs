using NativeOpt.Backends;
using NativeOpt.Interop;

namespace NativeOpt.Cli.Replay.Tensors;

/// <summary>A dense layer made of single operations: y = activation(x W + b), and its gradients for a given dy.</summary>
internal sealed class DenseLayer : IDisposable
{
    private readonly IBackend _backend;
    private readonly Activation _activation;
    private readonly Matrix _w;
    private readonly Matrix? _b;
    private Matrix? _z;

    /// <summary>A layer with the weights of a file.</summary>
    public DenseLayer(IBackend backend, NoptDtype dtype, Activation activation, Grid w, Grid? b)
    {
        (_backend, _activation, Inputs, Units) = (backend, activation, w.Rows, w.Columns);
        if (b is not null && b.Values.Length != w.Columns)
            throw new ReplayException($"inputs.b has {b.Values.Length} numbers; W has {w.Columns} columns");
        _w = new Matrix(dtype, w);
        Dw = new Matrix(dtype, w.Rows, w.Columns);
        _b = b is null ? null : new Matrix(dtype, b);
        Db = b is null ? null : new Matrix(dtype, 1, w.Columns);
    }

    public int Inputs { get; }

    public int Units { get; }

    public Matrix Dw { get; }

    public Matrix? Db { get; }

    /// <summary>Fills y [rows, units].</summary>
    public void Forward(Matrix x, Matrix y)
    {
        _z?.Dispose();
        _z = _activation.NeedsZ ? new Matrix(y.Dtype, y.Rows, y.Columns) : null;
        Operations.Run(_backend, NoptOpKind.DenseForward, new NoptDenseForwardArgs
        {
            Activation = (int)_activation.Kind,
            ActivationParameter = _activation.KernelParameter,
            X = x.Native,
            W = _w.Native,
            B = _b?.Native ?? default,
            Z = _z?.Native ?? default,
            Y = y.Native,
        });
    }

    /// <summary>Fills dx, <see cref="Dw"/> and <see cref="Db"/>; overwrites dy. After <see cref="Forward"/>.</summary>
    public void Backward(Matrix x, Matrix y, Matrix dy, Matrix dx) => Operations.Run(_backend, NoptOpKind.DenseBackward,
        new NoptDenseBackwardArgs
        {
            Activation = (int)_activation.Kind,
            ActivationParameter = _activation.KernelParameter,
            X = x.Native,
            W = _w.Native,
            Y = y.Native,
            Z = _z?.Native ?? default,
            Dy = dy.Native,
            Dw = Dw.Native,
            Db = Db?.Native ?? default,
            Dx = dx.Native,
        });

    /// <inheritdoc/>
    public void Dispose()
    {
        _w.Dispose();
        _b?.Dispose();
        _z?.Dispose();
        Dw.Dispose();
        Db?.Dispose();
    }
}
