using NativeOpt.Backends;
using NativeOpt.Interop;

namespace NativeOpt.Cli.Replay.Tensors;

/// <summary>An activation by itself.</summary>
internal static class ActivationOperation
{
    /// <summary>Fills y; may be x.</summary>
    public static void Forward(IBackend backend, Activation activation, Matrix x, Matrix y) =>
        Operations.Run(backend, NoptOpKind.Activation, new NoptActivationArgs
        {
            Activation = (int)activation.Kind,
            ActivationParameter = activation.KernelParameter,
            X = x.Native,
            Y = y.Native,
        });

    /// <summary>Fills dx from x, y and the gradient of y.</summary>
    public static void Backward(IBackend backend, Activation activation, Matrix x, Matrix y, Matrix dy, Matrix dx) =>
        Operations.Run(backend, NoptOpKind.ActivationBackward, new NoptActivationBackwardArgs
        {
            Activation = (int)activation.Kind,
            ActivationParameter = activation.KernelParameter,
            X = x.Native,
            Y = y.Native,
            Dy = dy.Native,
            Dx = dx.Native,
        });
}
