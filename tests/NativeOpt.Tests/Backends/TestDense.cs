using NativeOpt.Backends;
using NativeOpt.Interop;

namespace NativeOpt.Tests.Backends;

/// <summary>A dense layer made of single operations, with its gradients.</summary>
internal sealed class TestDense(NoptDtype dtype, double[][] w, double[]? b, Activation activation) : IDisposable
{
    private TestMatrix? _z, _y, _dx;

    public TestMatrix W { get; } = Matrix(dtype, w);

    public TestMatrix? B { get; } = b is null ? null : new TestMatrix(dtype, 1, b.Length, b);

    public TestMatrix Dw { get; } = new(dtype, w.Length, w[0].Length);

    public TestMatrix? Db { get; } = b is null ? null : new TestMatrix(dtype, 1, b.Length);

    public TestMatrix Y => _y!;

    public TestMatrix Dx => _dx!;

    public static TestMatrix Matrix(NoptDtype dtype, double[][] rows) =>
        new(dtype, rows.Length, rows[0].Length, [.. rows.SelectMany(row => row)]);

    public void Forward(IBackend backend, TestMatrix x)
    {
        _z?.Dispose();
        _y?.Dispose();
        _z = activation.NeedsZ ? new TestMatrix(dtype, x.Rows, W.Columns) : null;
        _y = new TestMatrix(dtype, x.Rows, W.Columns);
        backend.Run(new NoptDenseForwardArgs
        {
            Activation = (int)activation.Kind,
            ActivationParameter = activation.KernelParameter,
            X = x.Native,
            W = W.Native,
            B = B?.Native ?? default,
            Z = _z?.Native ?? default,
            Y = _y.Native,
        });
    }

    /// <summary>Overwrites dy.</summary>
    public void Backward(IBackend backend, TestMatrix x, TestMatrix dy, bool accumulate = false)
    {
        _dx?.Dispose();
        _dx = new TestMatrix(dtype, x.Rows, x.Columns);
        backend.Run(new NoptDenseBackwardArgs
        {
            Activation = (int)activation.Kind,
            ActivationParameter = activation.KernelParameter,
            Flags = accumulate ? (uint)NoptBackwardFlags.Accumulate : 0,
            X = x.Native,
            W = W.Native,
            Y = activation.NeedsZ ? default : Y.Native,
            Z = _z?.Native ?? default,
            Dy = dy.Native,
            Dw = Dw.Native,
            Db = Db?.Native ?? default,
            Dx = _dx.Native,
        });
    }

    public void Dispose()
    {
        foreach (TestMatrix? matrix in new[] { W, B, Dw, Db, _z, _y, _dx })
            matrix?.Dispose();
    }
}
