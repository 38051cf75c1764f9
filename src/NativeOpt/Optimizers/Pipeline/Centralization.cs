using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Optimizers;

/// <summary>The centralize operations of a block, one a parameter (<see cref="OptimizerRule.CentralizeGradients"/>).</summary>
internal sealed unsafe class Centralization : IDisposable
{
    private readonly StepRows _rows;
    private readonly bool _ignoresNonFinite;
    private readonly AlignedBuffer _control;
    private readonly NoptPrologue* _prologues;

    /// <summary>Makes room for the numbers of the operations.</summary>
    /// <param name="rows">The parameters, of which some have to be centralized.</param>
    /// <param name="ignoresNonFinite">Whether gradients that are infinite or NaN count as 0.</param>
    public Centralization(StepRows rows, bool ignoresNonFinite)
    {
        (_rows, _ignoresNonFinite) = (rows, ignoresNonFinite);
        _control = AlignedBuffer.Allocate(rows.Ranges.Count * sizeof(NoptPrologue));
        _prologues = (NoptPrologue*)_control.Pointer;
        for (int i = 0; i < rows.Ranges.Count; i++)
        {
            (double l1, double l2) = rows.WholePenaltyOf(i);
            _prologues[i] = new NoptPrologue { GradientScale = 1, L1 = l1, L2 = l2, WeightFactor = 1 };
        }
    }

    /// <summary>Sets what gradients are multiplied by before they are centralized.</summary>
    public void Prepare(double gradientScale)
    {
        for (int i = 0; i < _rows.Ranges.Count; i++)
            _prologues[i].GradientScale = gradientScale;
    }

    /// <summary>Appends the operations to a plan, for the parameters that are trained at the time.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="places">Where weights and gradients are read.</param>
    /// <param name="results">Where the centralized gradients are written; may be the same places.</param>
    public void AddTo(StepPlan plan, ArrayPlaces places, ArrayPlaces results)
    {
        plan.Use(_control);
        int elementSize = ParameterArena.ElementSize(_rows.Dtype);
        for (int i = 0; i < _rows.Ranges.Count; i++)
        {
            ParameterRange range = _rows.Ranges[i];
            if (!range.IsTrained || !_rows.Centralizes(i))
                continue;
            NoptMatrix columns = ColumnsOf(range);
            NoptCentralizeArgs* args = plan.Add(NoptOpKind.Centralize, new NoptCentralizeArgs
            {
                StructSize = (uint)sizeof(NoptCentralizeArgs),
                Flags = _ignoresNonFinite ? (uint)NoptGradientFlags.IgnoreNonFinite : 0,
                Prologue = &_prologues[i],
                W = columns,
                G = columns,
                Y = columns,
            });
            places.FollowWeights(plan, &args->W.Data, range.Offset * elementSize);
            places.FollowGradients(plan, &args->G.Data, range.Offset * elementSize);
            results.FollowGradients(plan, &args->Y.Data, range.Offset * elementSize);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _control.Dispose();

    /// <summary>All sizes but the last are rows.</summary>
    private NoptMatrix ColumnsOf(ParameterRange range)
    {
        long columns = range.Shape[^1];
        return new NoptMatrix { Rows = range.Count / columns, Columns = columns, Stride = columns, Dtype = (int)_rows.Dtype };
    }
}
