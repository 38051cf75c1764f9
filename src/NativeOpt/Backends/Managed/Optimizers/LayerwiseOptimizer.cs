using System.Numerics;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>An optimizer of two passes over each tensor: sums, then the update.</summary>
internal sealed unsafe class LayerwiseOptimizer<TFloat, TDouble>(OptimizerDescription description) : ManagedOptimizer(description)
    where TFloat : struct, ILayerwiseKernel<TFloat, float>
    where TDouble : struct, ILayerwiseKernel<TDouble, double>
{
    /// <inheritdoc/>
    public override void Run(NoptOptimizerStepArgs* args)
    {
        for (long i = 0; i < args->SegmentCount; i++)
            if ((NoptDtype)args->Dtype == NoptDtype.F64)
                RunTensor<TDouble, double>(args, i);
            else
                RunTensor<TFloat, float>(args, i);
    }

    private void RunTensor<TKernel, T>(NoptOptimizerStepArgs* args, long index)
        where TKernel : struct, ILayerwiseKernel<TKernel, T>
        where T : unmanaged, INumberBase<T>
    {
        NoptSegment segment = args->Segments[index];
        var prologue = new StepPrologue<T>(args->Prologues[segment.ScalarsIndex], (NoptStepFlags)args->Flags);
        Span<double> scalars = stackalloc double[args->ScalarCount + 1];
        new ReadOnlySpan<double>(args->Scalars + segment.ScalarsIndex * args->ScalarCount, args->ScalarCount).CopyTo(scalars);
        scalars[^1] = 0;

        Span<double> sums = [0, 0];
        MeasureLoop<TKernel, T>.Run(args, Description, segment, prologue, TKernel.Create(scalars, args->Variant), sums);
        int count = Description.NumberNames.Count;
        scalars[^1] = TKernel.Combine(sums, scalars, new Span<double>(args->Numbers + segment.ScalarsIndex * count, count));
        StepLoop<TKernel, T>.Run(args, Description, segment, prologue, TKernel.Create(scalars, args->Variant));
    }
}
