using NativeOpt.Interop;

namespace NativeOpt.Training;

/// <summary>The penalties of a network as a part of its plans: of parameters that are trained, and of what layers give.</summary>
internal static unsafe class Penalties
{
    /// <summary>
    /// Appends the values of the penalties of parameters. Their gradients are the optimizer's business, once per step of it.
    /// </summary>
    public static void AddOfParameters(NetworkPlan plan, Network network)
    {
        foreach (ParameterRange range in network.Arena.Ranges.Where(range => range.IsTrained))
        {
            if (range.Regularizer is not { } regularizer)
                continue;
            NoptMatrix x = plan.Parameter(range);
            double* value = plan.AddPenalty(isMean: false);
            if (regularizer.Factors is { } factors)
                plan.Add(NoptOpKind.Penalty, ArgsOf(factors, x, dx: default, value));
            else
                AddCall(plan, new RegularizerCall(regularizer), x, range.Shape, value);
        }
    }

    /// <summary>
    /// Appends the value of the penalty of a layer's output, a mean over rows, and adds its gradient.
    /// </summary>
    /// <param name="plan">The plan; the layer's forward has run before.</param>
    /// <param name="regularizer">The penalty.</param>
    /// <param name="y">The output; as many rows as the batch has.</param>
    /// <param name="dy">Its gradient so far, or absent.</param>
    public static void AddOfOutput(NetworkPlan plan, Regularizer regularizer, NoptMatrix y, NoptMatrix dy)
    {
        double* value = plan.AddPenalty(isMean: true);
        if (regularizer.Factors is { } factors)
        {
            NoptPenaltyArgs* args = plan.Add(NoptOpKind.Penalty, ArgsOf(factors, y, dy, value));
            plan.FollowRows(&args->X);
            plan.FollowRows(&args->Dx);
            plan.FollowMean(&args->GradientScale);
            return;
        }
        var call = new RegularizerCall(regularizer);
        int[] shape = [0, (int)y.Columns];
        plan.AddCall(rows =>
        {
            shape[0] = rows;
            *value = call.GetPenalty(y with { Rows = rows }, shape);
            if (dy.Data is not null)
                call.AddGradient(y with { Rows = rows }, dy with { Rows = rows }, shape, 1.0 / rows);
        });
    }

    private static void AddCall(NetworkPlan plan, RegularizerCall call, NoptMatrix x, int[] shape, double* value) =>
        plan.AddCall(_ => *value = call.GetPenalty(x, shape));

    private static NoptPenaltyArgs ArgsOf((double L1, double L2) factors, NoptMatrix x, NoptMatrix dx, double* value) => new()
    {
        StructSize = (uint)sizeof(NoptPenaltyArgs),
        L1 = factors.L1,
        L2 = factors.L2,
        GradientScale = 1,
        X = x,
        Dx = dx,
        Value = value,
    };
}
