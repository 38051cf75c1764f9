using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Optimizers;

/// <summary>A gradient_norm operation over the parameters of a block: the norm of each, and how many elements are not finite.</summary>
internal sealed unsafe class GradientMeasure : IDisposable
{
    private readonly StepRows _rows;
    private readonly bool _ignoresNonFinite, _isOfUpdate;
    private readonly AlignedBuffer _control;
    private readonly NoptPrologue* _prologues;
    private readonly NoptSegment* _segments;
    private readonly double* _norms;
    private readonly long* _nonFiniteCounts;
    private readonly int[] _parameters;

    /// <summary>Makes room for the results.</summary>
    /// <param name="rows">The parameters.</param>
    /// <param name="order">The p of the norms.</param>
    /// <param name="ignoresNonFinite">Whether gradients that are infinite or NaN count as 0.</param>
    /// <param name="isOfUpdate">Whether the penalties of parameters are a part of their gradients.</param>
    public GradientMeasure(StepRows rows, double order, bool ignoresNonFinite, bool isOfUpdate)
    {
        (_rows, Order, _ignoresNonFinite, _isOfUpdate) = (rows, order, ignoresNonFinite, isOfUpdate);
        int count = rows.Ranges.Count;
        _parameters = new int[count];
        _control = AlignedBuffer.Allocate(count * (sizeof(NoptPrologue) + sizeof(NoptSegment) + sizeof(double) + sizeof(long)));
        _prologues = (NoptPrologue*)_control.Pointer;
        _segments = (NoptSegment*)(_prologues + count);
        _norms = (double*)(_segments + count);
        _nonFiniteCounts = (long*)(_norms + count);
        for (int i = 0; i < count; i++)
            _prologues[i] = new NoptPrologue { GradientScale = 1, WeightFactor = 1 };
    }

    /// <summary>The p of the norms.</summary>
    public double Order { get; }

    /// <summary>Number of parameters that are measured: those that were trained when the operation was made.</summary>
    public int Count { get; private set; }

    /// <summary>Which of the block's parameters number <paramref name="index"/> is.</summary>
    public int ParameterOf(int index) => _parameters[index];

    /// <summary>The norm of a gradient.</summary>
    public double NormOf(int index) => _norms[index];

    /// <summary>How many elements of a gradient are infinite or NaN.</summary>
    public long NonFiniteCountOf(int index) => _nonFiniteCounts[index];

    /// <summary>Sets what gradients are multiplied by before they are measured.</summary>
    public void Prepare(double gradientScale)
    {
        for (int i = 0; i < _rows.Ranges.Count; i++)
            _prologues[i].GradientScale = _rows.ScaleOf(i, gradientScale);
    }

    /// <summary>Appends the operation to a plan.</summary>
    public void AddTo(StepPlan plan, ArrayPlaces places)
    {
        SelectParameters();
        plan.Use(_control);
        NoptGradientNormArgs* args = plan.Add(NoptOpKind.GradientNorm, new NoptGradientNormArgs
        {
            StructSize = (uint)sizeof(NoptGradientNormArgs),
            Flags = _ignoresNonFinite ? (uint)NoptGradientFlags.IgnoreNonFinite : 0,
            Dtype = (int)_rows.Dtype,
            Order = Order,
            Length = _rows.Length,
            Segments = _segments,
            SegmentCount = Count,
            Prologues = _prologues,
            RowCount = _rows.Ranges.Count,
            Norms = _norms,
            NonFiniteCounts = _nonFiniteCounts,
        });
        long offset = _rows.First * ParameterArena.ElementSize(_rows.Dtype);
        places.FollowWeights(plan, &args->Parameters, offset);
        places.FollowGradients(plan, &args->Gradients, offset);
    }

    /// <inheritdoc/>
    public void Dispose() => _control.Dispose();

    /// <summary>A segment for each parameter that is trained.</summary>
    private void SelectParameters()
    {
        Count = 0;
        for (int i = 0; i < _rows.Ranges.Count; i++)
        {
            ParameterRange range = _rows.Ranges[i];
            if (!range.IsTrained)
                continue;
            _segments[Count] = new NoptSegment { Offset = range.Offset - _rows.First, Count = range.Count, ScalarsIndex = i };
            if (_isOfUpdate)
                (_prologues[i].L1, _prologues[i].L2) = _rows.PenaltyOf(i);
            _parameters[Count++] = i;
        }
    }
}
