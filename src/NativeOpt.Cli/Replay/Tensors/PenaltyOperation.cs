using NativeOpt.Backends;
using NativeOpt.Interop;

namespace NativeOpt.Cli.Replay.Tensors;

/// <summary>A penalty of weights.</summary>
internal static unsafe class PenaltyOperation
{
    /// <summary>The value; its gradient is added to <paramref name="dw"/>.</summary>
    public static double Run(IBackend backend, double l1, double l2, Matrix w, Matrix dw)
    {
        double value;
        Operations.Run(backend, NoptOpKind.Penalty, new NoptPenaltyArgs
        {
            L1 = l1,
            L2 = l2,
            GradientScale = 1,
            X = w.Native,
            Dx = dw.Native,
            Value = &value,
        });
        return value;
    }
}
