using NativeOpt.Backends;
using NativeOpt.Interop;

namespace NativeOpt.Tests.Backends;

/// <summary>Runs single operations as plans of length 1.</summary>
internal static unsafe class Operations
{
    public static void Run<TArgs>(this IBackend backend, NoptOpKind kind, TArgs args) where TArgs : unmanaged
    {
        // All argument structs begin with struct_size.
        if (*(uint*)&args == 0)
            *(uint*)&args = (uint)sizeof(TArgs);
        var op = new NoptOp { StructSize = (uint)sizeof(NoptOp), Kind = (int)kind, Args = &args };
        backend.Run(&op, 1);
    }

    public static void Run(this IBackend backend, NoptDenseForwardArgs args) => backend.Run(NoptOpKind.DenseForward, args);

    public static void Run(this IBackend backend, NoptDenseBackwardArgs args) => backend.Run(NoptOpKind.DenseBackward, args);

    public static void Run(this IBackend backend, NoptActivationArgs args) => backend.Run(NoptOpKind.Activation, args);

    public static void Run(this IBackend backend, NoptActivationBackwardArgs args) =>
        backend.Run(NoptOpKind.ActivationBackward, args);

    public static void Run(this IBackend backend, NoptLossArgs args) => backend.Run(NoptOpKind.Loss, args);

    public static void Run(this IBackend backend, NoptOptimizerStepArgs args) => backend.Run(NoptOpKind.OptimizerStep, args);

    public static void Run(this IBackend backend, NoptMatrixStepArgs args) => backend.Run(NoptOpKind.MatrixStep, args);

    public static void Run(this IBackend backend, NoptRandomUniformArgs args) => backend.Run(NoptOpKind.RandomUniform, args);

    public static void Run(this IBackend backend, NoptNoiseArgs args) => backend.Run(NoptOpKind.Noise, args);

    public static void Run(this IBackend backend, NoptNormalizationForwardArgs args) =>
        backend.Run(NoptOpKind.NormalizationForward, args);

    public static void Run(this IBackend backend, NoptNormalizationBackwardArgs args) =>
        backend.Run(NoptOpKind.NormalizationBackward, args);
    public static void Run(this IBackend backend, NoptConstraintArgs args) => backend.Run(NoptOpKind.Constraint, args);

    public static void Run(this IBackend backend, NoptAverageArgs args) => backend.Run(NoptOpKind.Average, args);

    public static void Run(this IBackend backend, NoptPenaltyArgs args) => backend.Run(NoptOpKind.Penalty, args);
}
