using System.Numerics;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Optimizers.Matrix;

/// <summary>One matrix rule in one element type.</summary>
internal unsafe interface IMatrixKernel<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>One step on one parameter; the arguments have been checked.</summary>
    static abstract void Run(NoptMatrixStepArgs* args, Scratch scratch);
}

/// <summary>A matrix rule of the managed backend: the kernel in both element types and its description.</summary>
internal abstract unsafe class ManagedMatrixRule(OptimizerDescription description)
{
    public OptimizerDescription Description { get; } = description;

    /// <summary>Runs one step. The arguments have been checked.</summary>
    public abstract void Run(NoptMatrixStepArgs* args, Scratch scratch);
}

/// <inheritdoc/>
internal sealed unsafe class ManagedMatrixRule<TFloat, TDouble>(OptimizerDescription description) : ManagedMatrixRule(description)
    where TFloat : IMatrixKernel<float>
    where TDouble : IMatrixKernel<double>
{
    /// <inheritdoc/>
    public override void Run(NoptMatrixStepArgs* args, Scratch scratch)
    {
        if ((NoptDtype)args->Dtype == NoptDtype.F64)
            TDouble.Run(args, scratch);
        else
            TFloat.Run(args, scratch);
    }
}
