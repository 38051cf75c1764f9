using NativeOpt.Interop;
using static NativeOpt.Backends.Managed.MatrixCheck;

namespace NativeOpt.Backends.Managed;

/// <summary>Checks a whole list of operations before the first one runs.</summary>
internal static unsafe class PlanCheck
{
    /// <summary>Throws for the first thing that is wrong.</summary>
    public static void All(NoptOp* ops, long count)
    {
        if (count < 0)
            Fail($"op_count is {count}; it must not be negative");
        if (count > 0 && ops == null)
            Fail($"ops is null, op_count is {count}");
        for (long i = 0; i < count; i++)
            One(ops[i], i);
    }

    private static void One(in NoptOp op, long index)
    {
        if (op.StructSize != sizeof(NoptOp))
            Fail($"ops[{index}].struct_size is {op.StructSize}; it must be {sizeof(NoptOp)}");
        if (op.Args == null)
            Fail($"ops[{index}].args is null");
        switch ((NoptOpKind)op.Kind)
        {
            case NoptOpKind.DenseForward:
                DenseCheck.Forward(*Args<NoptDenseForwardArgs>(op, "dense_forward"));
                break;
            case NoptOpKind.DenseBackward:
                DenseCheck.Backward(*Args<NoptDenseBackwardArgs>(op, "dense_backward"));
                break;
            case NoptOpKind.Activation:
                ActivationCheck.All(*Args<NoptActivationArgs>(op, "activation"));
                break;
            case NoptOpKind.Loss:
                LossCheck.All(*Args<NoptLossArgs>(op, "loss"));
                break;
            case NoptOpKind.OptimizerStep:
                OptimizerStepCheck.All(*Args<NoptOptimizerStepArgs>(op, "optimizer_step"));
                break;
            case NoptOpKind.RandomUniform:
                RandomUniformCheck.All(*Args<NoptRandomUniformArgs>(op, "random_uniform"));
                break;
            default:
                Fail($"ops[{index}].kind is {op.Kind}; it must be a nopt_op_kind, 1 to 6");
                break;
        }
    }

    /// <summary>The struct behind an operation; a newer caller's longer struct is taken if all we do not know is zero.</summary>
    private static TArgs* Args<TArgs>(in NoptOp op, string operation) where TArgs : unmanaged
    {
        uint size = *(uint*)op.Args;
        if (size < sizeof(TArgs))
            Fail($"{operation}.struct_size is {size}; it must be at least {sizeof(TArgs)}");
        // A size that no version will ever reach is garbage: reading that far would be a crash.
        const uint limit = 4096;
        if (size > limit)
            Fail($"{operation}.struct_size is {size}; the limit is {limit}");
        if (new ReadOnlySpan<byte>((byte*)op.Args + sizeof(TArgs), (int)size - sizeof(TArgs)).ContainsAnyExcept((byte)0))
            Fail($"{operation}.struct_size is {size}; what lies behind the {sizeof(TArgs)} bytes known here is not zero");
        return (TArgs*)op.Args;
    }
}
