using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Optimizers;

/// <summary>A gradient_norm operation over the parameters of a block: the norm of each, and how many elements are not finite.</summary>
internal sealed unsafe class GradientMeasure : IDisposable
{
    private readonly StepRows _rows;
    private readonly bool _ignoresNonFinite;
    private readonly AlignedBuffer _control;
    private readonly NoptPrologue* _prologue;
    private readonly NoptSegment* _segments;
    private readonly double* _norms;
    private readonly long* _nonFiniteCounts;
    private readonly int[] _parameters;

    /// <summary>Makes room for the results.</summary>
    /// <param name="rows">The parameters.</param>
    /// <param name="order">The p of the norms.</param>
    /// <param name="ignoresNonFinite">Whether gradients that are infinite or NaN count as 0.</param>
    public GradientMeasure(StepRows rows, double order, bool ignoresNonFinite)
    {
        (_rows, Order, _ignoresNonFinite) = (rows, order, ignoresNonFinite);
        int count = rows.Ranges.Count;
        _parameters = new int[count];
        _control = AlignedBuffer.Allocate(sizeof(NoptPrologue) + count * (sizeof(NoptSegment) + sizeof(double) + sizeof(long)));
        _prologue = (NoptPrologue*)_control.Pointer;
        _segments = (NoptSegment*)(_prologue + 1);
        _norms = (double*)(_segments + count);
        _nonFiniteCounts = (long*)(_norms + count);
        *_prologue = new NoptPrologue { GradientScale = 1, WeightFactor = 1 };
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
    public void Prepare(double gradientScale) => _prologue->GradientScale = gradientScale;

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
            Prologues = _prologue,
            RowCount = 1,
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
            _segments[Count] = new NoptSegment { Offset = range.Offset - _rows.First, Count = range.Count };
            _parameters[Count++] = i;
        }
    }
}
