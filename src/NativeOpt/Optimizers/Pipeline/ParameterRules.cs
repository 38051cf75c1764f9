using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Optimizers;

/// <summary>
/// What parameters bring along to a step of whatever optimizer: penalties whose gradients are not a part of the prologue, and
/// constraints.
/// </summary>
internal sealed unsafe class ParameterRules(IReadOnlyList<ParameterRange> ranges, NoptDtype dtype, ArrayPlaces places)
{
    /// <summary>What gradients are multiplied by later, so that penalties that are added before have to be divided by it.</summary>
    public double GradientScale { get; set; } = 1;

    /// <summary>Before the gradients are looked at: appends penalties in C#, which add their gradients to those that are there.</summary>
    public void AddRegularizers(StepPlan plan)
    {
        foreach (ParameterRange range in ranges)
        {
            if (range is not { IsTrained: true, Regularizer: { Factors: null } regularizer })
                continue;
            var penalty = new RegularizerCall(regularizer);
            AddCall(plan, range, (w, g) => penalty.AddGradient(w, g, range.Shape, 1 / GradientScale));
        }
    }

    /// <summary>After the update: appends the constraints.</summary>
    public void AddConstraints(StepPlan plan)
    {
        foreach (ParameterRange range in ranges)
        {
            if (range is not { IsTrained: true, Constraint: { } constraint })
                continue;
            if (constraint.Describe(range.Shape) is { } args)
                AddConstraint(plan, range, args);
            else
                AddCall(plan, range, (w, _) => Apply(constraint, w, range.Shape));
        }
    }

    private void AddConstraint(StepPlan plan, ParameterRange range, NoptConstraintArgs args)
    {
        args.StructSize = (uint)sizeof(NoptConstraintArgs);
        args.W = range.ToMatrix(null, dtype);
        NoptConstraintArgs* added = plan.Add(NoptOpKind.Constraint, args);
        places.FollowWeights(plan, &added->W.Data, OffsetOf(range));
    }

    // The matrices lie in the plan's memory, where the places point them at the arrays of each call.
    private void AddCall(StepPlan plan, ParameterRange range, Action<NoptMatrix, NoptMatrix> call)
    {
        var matrices = (NoptMatrix*)plan.Allocate(2 * sizeof(NoptMatrix));
        matrices[0] = matrices[1] = range.ToMatrix(null, dtype);
        places.FollowWeights(plan, &matrices[0].Data, OffsetOf(range));
        places.FollowGradients(plan, &matrices[1].Data, OffsetOf(range));
        plan.AddCall(() => call(matrices[0], matrices[1]));
    }

    private long OffsetOf(ParameterRange range) => range.Offset * ParameterArena.ElementSize(dtype);

    private static void Apply(Constraint constraint, NoptMatrix w, int[] shape)
    {
        int count = checked((int)(w.Rows * w.Columns));
        if (w.Dtype == (int)NoptDtype.F64)
            constraint.Apply(new Span<double>(w.Data, count), shape);
        else
            constraint.Apply(new Span<float>(w.Data, count), shape);
    }
}
