using NativeOpt.Backends;
using NativeOpt.Interop;

namespace NativeOpt.Cli.Replay.Tensors;

/// <summary>A loss and its gradient in one operation.</summary>
internal static unsafe class LossOperation
{
    /// <summary>Computes the sum of the loss over rows, and dy times <paramref name="scale"/>.</summary>
    public static double Run(IBackend backend, Loss loss, bool fromLogits, Matrix y, Matrix targets, Matrix? weights, double scale, Matrix dy)
    {
        double sum;
        Operations.Run(backend, NoptOpKind.Loss, new NoptLossArgs
        {
            Loss = (int)loss.Kind,
            Flags = fromLogits ? (uint)NoptLossFlags.FromLogits : 0,
            GradientScale = scale,
            Y = y.Native,
            Targets = targets.Native,
            SampleWeights = weights?.Native ?? default,
            Dy = dy.Native,
            LossSum = &sum,
        });
        return sum;
    }
}
