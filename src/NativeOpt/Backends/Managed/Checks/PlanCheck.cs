using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Checks;

/// <summary>Checks a whole list of operations before the first one runs.</summary>
internal static unsafe class PlanCheck
{
    private const long MaxOps = 1 << 20;

    // A caller made for a newer version has larger structs; nobody has one this much larger.
    private const int MaxUnknownBytes = 4096;

    /// <summary>Throws for the first thing that is wrong.</summary>
    public static OpList Check(NoptOp* ops, long count)
    {
        if (count is < 0 or > MaxOps)
            Fail($"op_count is {count}, and must be 0 to {MaxOps}");
        if (count > 0 && ops == null)
            Fail("ops is null");
        var list = new OpList(ops, count);
        for (long i = 0; i < count; i++)
            CheckOne(list, i);
        return list;
    }

    private static void CheckOne(in OpList ops, long index)
    {
        NoptOp* op = ops[index];
        if (UnknownBytes(op, sizeof(NoptOp)) is { } objection)
            Fail($"ops[{index}].{objection}");
        uint size = ops[0]->StructSize;
        if (op->StructSize != size || size % sizeof(void*) != 0)
            Fail($"ops[{index}].struct_size is {op->StructSize}, and must be that of ops[0], {size}, a multiple of {sizeof(void*)}");
        switch ((NoptOpKind)op->Kind)
        {
            case NoptOpKind.DenseForward:
                DenseCheck.CheckForward(new(index, "dense_forward"), *Args<NoptDenseForwardArgs>(op, index, "dense_forward"));
                break;
            case NoptOpKind.DenseBackward:
                DenseCheck.CheckBackward(new(index, "dense_backward"), *Args<NoptDenseBackwardArgs>(op, index, "dense_backward"));
                break;
            case NoptOpKind.Activation:
                ActivationCheck.Check(new(index, "activation"), *Args<NoptActivationArgs>(op, index, "activation"));
                break;
            case NoptOpKind.Loss:
                LossCheck.Check(new(index, "loss"), *Args<NoptLossArgs>(op, index, "loss"));
                break;
            case NoptOpKind.OptimizerStep:
                OptimizerStepCheck.Check(new(index, "optimizer_step"), *Args<NoptOptimizerStepArgs>(op, index, "optimizer_step"));
                break;
            case NoptOpKind.MatrixStep:
                MatrixStepCheck.Check(new(index, "matrix_step"), *Args<NoptMatrixStepArgs>(op, index, "matrix_step"));
                break;
            case NoptOpKind.RandomUniform:
                RandomUniformCheck.Check(new(index, "random_uniform"), *Args<NoptRandomUniformArgs>(op, index, "random_uniform"));
                break;
            case NoptOpKind.ActivationBackward:
                ActivationCheck.CheckBackward(
                    new(index, "activation_backward"), *Args<NoptActivationBackwardArgs>(op, index, "activation_backward"));
                break;
            case NoptOpKind.Noise:
                NoiseCheck.Check(new(index, "noise"), *Args<NoptNoiseArgs>(op, index, "noise"));
                break;
            case NoptOpKind.NormalizationForward:
                NormalizationCheck.CheckForward(
                    new(index, "normalization_forward"), *Args<NoptNormalizationForwardArgs>(op, index, "normalization_forward"));
                break;
            case NoptOpKind.NormalizationBackward:
                NormalizationCheck.CheckBackward(
                    new(index, "normalization_backward"), *Args<NoptNormalizationBackwardArgs>(op, index, "normalization_backward"));
                break;
            case NoptOpKind.Constraint:
                WeightsCheck.CheckConstraint(new(index, "constraint"), *Args<NoptConstraintArgs>(op, index, "constraint"));
                break;
            case NoptOpKind.Average:
                WeightsCheck.CheckAverage(new(index, "average"), *Args<NoptAverageArgs>(op, index, "average"));
                break;
            case NoptOpKind.Penalty:
                WeightsCheck.CheckPenalty(new(index, "penalty"), *Args<NoptPenaltyArgs>(op, index, "penalty"));
                break;
            case NoptOpKind.GradientNorm:
                GradientCheck.CheckNorm(new(index, "gradient_norm"), *Args<NoptGradientNormArgs>(op, index, "gradient_norm"));
                break;
            case NoptOpKind.AdaptiveClip:
                GradientCheck.CheckAdaptiveClip(new(index, "adaptive_clip"), *Args<NoptAdaptiveClipArgs>(op, index, "adaptive_clip"));
                break;
            case NoptOpKind.Centralize:
                GradientCheck.CheckCentralize(new(index, "centralize"), *Args<NoptCentralizeArgs>(op, index, "centralize"));
                break;
            default:
                Fail($"ops[{index}].kind is {op->Kind}, and must be 1 to {(int)NoptOpKind.Centralize}");
                break;
        }
    }

    private static TArgs* Args<TArgs>(NoptOp* op, long index, string name) where TArgs : unmanaged
    {
        if (op->Args == null)
            Fail($"ops[{index}].{name} is null");
        if ((nuint)op->Args % sizeof(double) != 0)
            Fail($"ops[{index}].{name} is at 0x{(nuint)op->Args:x}, and must be at a multiple of {sizeof(double)} bytes");
        if (UnknownBytes(op->Args, sizeof(TArgs)) is { } objection)
            Fail($"ops[{index}].{name}.{objection}");
        return (TArgs*)op->Args;
    }

    /// <summary>What is wrong with a struct's size or with the bytes behind those known here; null: nothing.</summary>
    private static string? UnknownBytes(void* data, int known)
    {
        uint size = *(uint*)data;
        if (size < known)
            return $"struct_size is {size}, and must be at least {known}";
        if (size > known + MaxUnknownBytes)
            return $"struct_size is {size}, and must be at most {known + MaxUnknownBytes}";
        int offset = new ReadOnlySpan<byte>((byte*)data + known, (int)size - known).IndexOfAnyExcept((byte)0);
        return offset < 0
            ? null
            : $"struct_size is {size} and byte {known + offset} is {((byte*)data)[known + offset]}, "
                + $"but this version knows {known} bytes and the others must be 0";
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    private static void Fail(string sentence) => throw new NativeOptException(sentence);
}
