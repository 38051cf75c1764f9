using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Optimizers;

/// <summary>
/// The gradients of several steps in one array. They are added by a step of gradient descent that climbs: sum = sum + factor * g.
/// The update that uses the sum leaves zeros behind.
/// </summary>
internal sealed unsafe class GradientSum : IDisposable
{
    private const int Stagger = 7 * ParameterArena.StaggerBytes;

    private readonly NoptDtype _dtype;
    private readonly long _length;
    private readonly bool _ignoresNonFinite;
    private readonly AlignedBuffer _control;
    private readonly NoptSegment* _segment;
    private readonly NoptPrologue* _prologue;
    private readonly double* _rate;

    /// <summary>A sum of nothing.</summary>
    /// <param name="length">Elements of the arrays.</param>
    /// <param name="dtype">F32 or F64.</param>
    /// <param name="ignoresNonFinite">Whether gradients that are infinite or NaN count as 0.</param>
    public GradientSum(long length, NoptDtype dtype, bool ignoresNonFinite)
    {
        (_length, _dtype, _ignoresNonFinite) = (length, dtype, ignoresNonFinite);
        Buffer = AlignedBuffer.Allocate(checked(length * ParameterArena.ElementSize(dtype)), Stagger);
        _control = AlignedBuffer.Allocate(sizeof(NoptSegment) + sizeof(NoptPrologue) + sizeof(double));
        _segment = (NoptSegment*)_control.Pointer;
        _prologue = (NoptPrologue*)(_segment + 1);
        _rate = (double*)(_prologue + 1);
        *_segment = new NoptSegment { Count = length };
        *_prologue = new NoptPrologue { GradientScale = 1, WeightFactor = 1 };
    }

    /// <summary>The sum, in the layout of the gradients.</summary>
    public AlignedBuffer Buffer { get; }

    /// <summary>Sets what gradients are multiplied by before they are added.</summary>
    public void Prepare(double factor) => *_rate = -factor;

    /// <summary>Appends the addition of the gradients at <paramref name="places"/> to a plan.</summary>
    public void AddTo(StepPlan plan, ArrayPlaces places, IBackend backend)
    {
        plan.Use(_control);
        NoptOptimizerStepArgs* args = plan.Add(NoptOpKind.OptimizerStep, new NoptOptimizerStepArgs
        {
            StructSize = (uint)sizeof(NoptOptimizerStepArgs),
            Optimizer = backend.FindOptimizer("sgd"),
            Flags = _ignoresNonFinite ? (uint)NoptStepFlags.IgnoreNonFinite : 0,
            Dtype = (int)_dtype,
            ScalarCount = 1,
            Length = _length,
            Parameters = plan.Use(Buffer),
            Segments = _segment,
            SegmentCount = 1,
            Prologues = _prologue,
            Scalars = _rate,
            RowCount = 1,
        });
        places.FollowGradients(plan, &args->Gradients);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Buffer.Dispose();
        _control.Dispose();
    }
}
