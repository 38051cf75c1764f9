using NativeOpt.Backends;
using NativeOpt.Interop;

namespace NativeOpt.Cli.Replay.Tensors;

/// <summary>A loss and its gradient in one operation.</summary>
internal static unsafe class LossOperation
{
    /// <summary>Computes the sum of the loss over rows, and dy times <paramref name="scale"/>.</summary>
    /// <param name="backend">What computes.</param>
    /// <param name="loss">Kind and settings.</param>
    /// <param name="y">Predictions.</param>
    /// <param name="targets">Labels or rows.</param>
    /// <param name="scale">Factor of the gradient.</param>
    /// <param name="dy">The gradient, overwritten.</param>
    /// <param name="sampleWeights">Factors of the rows, or null.</param>
    /// <param name="classWeights">Factors of the classes, or null.</param>
    public static double Run(IBackend backend, NoptLossArgs loss, Matrix y, Matrix targets, double scale, Matrix dy,
        Matrix? sampleWeights = null, Matrix? classWeights = null)
    {
        double sum;
        Operations.Run(backend, NoptOpKind.Loss, loss with
        {
            GradientScale = scale,
            Y = y.Native,
            Targets = targets.Native,
            SampleWeights = sampleWeights?.Native ?? default,
            ClassWeights = classWeights?.Native ?? default,
            Dy = dy.Native,
            LossSum = &sum,
        });
        return sum;
    }
}
