using System.Numerics;
using NativeOpt.Backends.Managed.Checks;
using NativeOpt.Backends.Managed.Losses;
using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Interop;
using NativeOpt.Text;

namespace NativeOpt.Backends.Managed;

/// <summary>
/// The reference: interprets the operations of nativeopt.h in C#, on float and double alike, on the calling thread. It checks
/// what the native core checks, with the same words.
/// </summary>
internal sealed unsafe class ManagedBackend : IBackend
{
    private readonly Scratch _scratch = new();
    private int _running;
    private volatile bool _disposed;

    /// <inheritdoc/>
    public BackendKind Kind => BackendKind.Managed;

    /// <inheritdoc/>
    public string Description { get; } = $"managed, vector{Vector<byte>.Count * 8}, 1 thread";

    /// <inheritdoc/>
    public bool IsParallel => false;

    /// <inheritdoc/>
    public bool Supports(NoptDtype dtype) => dtype is NoptDtype.F32 or NoptDtype.F64;

    /// <inheritdoc/>
    public IBackend OpenAnother() => new ManagedBackend();

    /// <inheritdoc/>
    public int FindOptimizer(string name)
    {
        int id = ManagedOptimizers.Find(name);
        return id >= 0
            ? id
            : throw new NativeOptException(
                NearestName.Explain("optimizer", name, [.. ManagedOptimizers.Names]));
    }

    /// <inheritdoc/>
    public void Run(NoptOp* ops, long count)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        // The scratch memory is one thread's: a second caller would overwrite the first one's panels.
        if (Interlocked.Exchange(ref _running, 1) != 0)
            throw new InvalidOperationException("a backend runs on one thread at a time; open one for each thread");
        try
        {
            OpList list = PlanCheck.Check(ops, count);
            for (long i = 0; i < count; i++)
                RunOne(*list[i]);
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    /// <summary>Nothing native is held; a run that is under way ends undisturbed.</summary>
    public void Dispose() => _disposed = true;

    private void RunOne(in NoptOp op)
    {
        switch ((NoptOpKind)op.Kind)
        {
            case NoptOpKind.DenseForward:
                DenseForward.Run((NoptDenseForwardArgs*)op.Args, _scratch);
                break;
            case NoptOpKind.DenseBackward:
                DenseBackward.Run((NoptDenseBackwardArgs*)op.Args, _scratch);
                break;
            case NoptOpKind.Activation:
                ActivationOperation.Run((NoptActivationArgs*)op.Args);
                break;
            case NoptOpKind.Loss:
                LossOperation.Run((NoptLossArgs*)op.Args, _scratch);
                break;
            case NoptOpKind.OptimizerStep:
                var step = (NoptOptimizerStepArgs*)op.Args;
                ManagedOptimizers.All[step->Optimizer].Run(step);
                break;
            case NoptOpKind.MatrixStep:
                var matrixStep = (NoptMatrixStepArgs*)op.Args;
                ManagedOptimizers.MatrixRules[matrixStep->Optimizer - ManagedOptimizers.All.Count].Run(matrixStep, _scratch);
                break;
            case NoptOpKind.RandomUniform:
                RandomUniform.Run((NoptRandomUniformArgs*)op.Args);
                break;
            case NoptOpKind.ActivationBackward:
                ActivationOperation.RunBackward((NoptActivationBackwardArgs*)op.Args);
                break;
            case NoptOpKind.Noise:
                Noise.Run((NoptNoiseArgs*)op.Args);
                break;
            case NoptOpKind.NormalizationForward:
                NormalizationForward.Run((NoptNormalizationForwardArgs*)op.Args, _scratch);
                break;
            case NoptOpKind.NormalizationBackward:
                NormalizationBackward.Run((NoptNormalizationBackwardArgs*)op.Args, _scratch);
                break;
            case NoptOpKind.Constraint:
                ConstraintOperation.Run((NoptConstraintArgs*)op.Args);
                break;
            case NoptOpKind.Average:
                AverageOperation.Run((NoptAverageArgs*)op.Args);
                break;
            case NoptOpKind.Penalty:
                PenaltyOperation.Run((NoptPenaltyArgs*)op.Args);
              break;
            case NoptOpKind.GradientNorm:
                GradientNorm.Run((NoptGradientNormArgs*)op.Args);
                break;
            case NoptOpKind.AdaptiveClip:
                AdaptiveClip.Run((NoptAdaptiveClipArgs*)op.Args, _scratch);
                break;
            case NoptOpKind.Centralize:
                Centralize.Run((NoptCentralizeArgs*)op.Args, _scratch);
                break;
        }
    }
}
