using System.Numerics;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>An optimizer of the managed backend: the kernel in both element types and its description.</summary>
internal abstract unsafe class ManagedOptimizer(OptimizerDescription description)
{
    public OptimizerDescription Description { get; } = description;

    /// <summary>Runs one step over all segments. The arguments have been checked.</summary>
    public abstract void Run(NoptOptimizerStepArgs* args);
}

/// <inheritdoc/>
internal unsafe class ManagedOptimizer<TFloat, TDouble>(OptimizerDescription description) : ManagedOptimizer(description)
    where TFloat : struct, IOptimizerKernel<TFloat, float>
    where TDouble : struct, IOptimizerKernel<TDouble, double>
{
    /// <inheritdoc/>
    public override void Run(NoptOptimizerStepArgs* args)
    {
        if ((NoptDtype)args->Dtype == NoptDtype.F64)
            RunSegments<TDouble, double>(args, Description);
        else
            RunSegments<TFloat, float>(args, Description);
    }

    private static void RunSegments<TKernel, T>(NoptOptimizerStepArgs* args, OptimizerDescription description)
        where TKernel : struct, IOptimizerKernel<TKernel, T>
        where T : unmanaged, INumberBase<T>
    {
        for (long i = 0; i < args->SegmentCount; i++)
        {
            NoptSegment segment = args->Segments[i];
            var scalars = new ReadOnlySpan<double>(args->Scalars + segment.ScalarsIndex * args->ScalarCount, args->ScalarCount);
            var prologue = new StepPrologue<T>(args->Prologues[segment.ScalarsIndex], (NoptStepFlags)args->Flags);
            TKernel kernel = TKernel.Create(scalars, args->Variant);
            StepLoop<TKernel, T>.Run(args, description, segment, prologue, kernel);
        }
    }
}
