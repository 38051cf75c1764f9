using System.Numerics;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>An optimizer that takes sums over all tensors in an operation of its own, and updates in another.</summary>
internal sealed unsafe class GlobalOptimizer<TFloat, TDouble>(OptimizerDescription description)
    : ManagedOptimizer<TFloat, TDouble>(description)
    where TFloat : struct, IMeasuringKernel<TFloat, float>
    where TDouble : struct, IMeasuringKernel<TDouble, double>
{
    /// <inheritdoc/>
    public override void Run(NoptOptimizerStepArgs* args)
    {
        if ((args->Flags & (uint)NoptStepFlags.Measure) == 0)
            base.Run(args);
        else if ((NoptDtype)args->Dtype == NoptDtype.F64)
            Measure<TDouble, double>(args);
        else
            Measure<TFloat, float>(args);
    }

    private void Measure<TKernel, T>(NoptOptimizerStepArgs* args)
        where TKernel : struct, IMeasuringKernel<TKernel, T>
        where T : unmanaged, INumberBase<T>
    {
        var sums = new Span<double>(args->Numbers, Description.NumberNames.Count);
        sums.Clear();
        for (long i = 0; i < args->SegmentCount; i++)
        {
            NoptSegment segment = args->Segments[i];
            var scalars = new ReadOnlySpan<double>(args->Scalars + segment.ScalarsIndex * args->ScalarCount, args->ScalarCount);
            var prologue = new StepPrologue<T>(args->Prologues[segment.ScalarsIndex], (NoptStepFlags)args->Flags);
            MeasureLoop<TKernel, T>.Run(args, Description, segment, prologue, TKernel.Create(scalars, args->Variant), sums);
        }
    }
}
