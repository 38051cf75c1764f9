using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Optimizers;

/// <summary>
/// The adaptive_clip operations of a block, one a parameter. They are for plans of the optimizer's own, because numbers are patched in
/// their arguments.
/// </summary>
internal sealed unsafe class AdaptiveClipping(StepRows rows, bool ignoresNonFinite)
{
    private readonly List<(nint Args, int Parameter)> _args = [];
    private double _gradientScale = 1, _clipping, _epsilon;

    /// <summary>Sets the numbers of the next step.</summary>
    /// <param name="gradientScale">What gradients are multiplied by before they are clipped.</param>
    /// <param name="clipping">Largest share of the norm of the weights.</param>
    /// <param name="epsilon">Smallest norm of weights.</param>
    public void Prepare(double gradientScale, double clipping, double epsilon)
    {
        (_gradientScale, _clipping, _epsilon) = (gradientScale, clipping, epsilon);
        foreach ((nint args, int parameter) in _args)
            WriteNumbers((NoptAdaptiveClipArgs*)args, parameter);
    }

    /// <summary>Appends the operations to a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="places">Where weights and gradients are read.</param>
    /// <param name="results">Where the clipped gradients are written; may be the same places.</param>
    public void AddTo(StepPlan plan, ArrayPlaces places, ArrayPlaces results)
    {
        int elementSize = ParameterArena.ElementSize(rows.Dtype);
        for (int i = 0; i < rows.Ranges.Count; i++)
        {
            ParameterRange range = rows.Ranges[i];
            if (!range.IsTrained)
                continue;
            (double l1, double l2) = rows.PenaltyOf(i);
            NoptMatrix units = UnitsOf(range);
            NoptAdaptiveClipArgs* args = plan.Add(NoptOpKind.AdaptiveClip, new NoptAdaptiveClipArgs
            {
                StructSize = (uint)sizeof(NoptAdaptiveClipArgs),
                Flags = ignoresNonFinite ? (uint)NoptGradientFlags.IgnoreNonFinite : 0,
                L1 = l1,
                L2 = l2,
                W = units,
                G = units,
                Y = units,
            });
            places.FollowWeights(plan, &args->W.Data, range.Offset * elementSize);
            places.FollowGradients(plan, &args->G.Data, range.Offset * elementSize);
            results.FollowGradients(plan, &args->Y.Data, range.Offset * elementSize);
            // The plan may be made at its first run, after the numbers of the step are known.
            WriteNumbers(args, i);
            _args.Add(((nint)args, i));
        }
    }

    /// <summary>The plans are gone.</summary>
    public void Forget() => _args.Clear();

    private void WriteNumbers(NoptAdaptiveClipArgs* args, int parameter) =>
        (args->GradientScale, args->Clipping, args->Epsilon) = (rows.ScaleOf(parameter, _gradientScale), _clipping, _epsilon);

    /// <summary>
    /// The parameter as a matrix whose columns are units, as optax takes them: a vector is one unit, of a kernel the last size counts
    /// the units, and so do the last two of three.
    /// </summary>
    private NoptMatrix UnitsOf(ParameterRange range)
    {
        long units = range.Shape.Count(size => size != 1) <= 1 ? 1
            : range.Shape.Length == 3 ? (long)range.Shape[1] * range.Shape[2]
            : range.Shape[^1];
        return new NoptMatrix { Rows = range.Count / units, Columns = units, Stride = units, Dtype = (int)rows.Dtype };
    }
}
