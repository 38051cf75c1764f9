using NativeOpt.Backends;
using NativeOpt.Interop;

namespace NativeOpt.Tests.Backends;

/// <summary>An activation by itself, made of single operations.</summary>
internal sealed class TestActivation(TestMatrix x, Activation activation) : IDisposable
{
    public TestMatrix Y { get; } = new(x.Dtype, x.Rows, x.Columns);

    public TestMatrix Dx { get; } = new(x.Dtype, x.Rows, x.Columns);

    public void Forward(IBackend backend) => backend.Run(new NoptActivationArgs
    {
        Activation = (int)activation.Kind,
        ActivationParameter = activation.KernelParameter,
        X = x.Native,
        Y = Y.Native,
    });

    /// <summary>Gives backward only what its derivative needs.</summary>
    public void Backward(IBackend backend, TestMatrix dy) => backend.Run(new NoptActivationBackwardArgs
    {
        Activation = (int)activation.Kind,
        ActivationParameter = activation.KernelParameter,
        X = activation.NeedsZ ? x.Native : default,
        Y = activation.NeedsZ ? default : Y.Native,
        Dy = dy.Native,
        Dx = Dx.Native,
    });

    public void Dispose()
    {
        Y.Dispose();
        Dx.Dispose();
    }
}
