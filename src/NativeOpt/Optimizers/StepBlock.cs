using NativeOpt.Backends;
using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Optimizers;

/// <summary>
/// What one optimizer step over a run of parameters needs besides parameters and gradients: the slots, each an array of the same
/// layout, and a small control block with the segments, prologue and scalars that the operation points to. Plans that use it
/// keep its memory alive.
/// </summary>
internal sealed unsafe class StepBlock : IDisposable
{
    /// <summary>Parameters and gradients take the first two places when arenas are staggered.</summary>
    private const int FirstSlotStagger = 2;

    private readonly OptimizerRule _rule;
    private readonly IReadOnlyList<ParameterRange> _ranges;
    private readonly OptimizerDescription _description;
    private readonly long _length;
    private readonly NoptDtype _dtype;
    private readonly AlignedBuffer?[] _slots;
    private readonly AlignedBuffer _control;
    private readonly NoptSegment* _segments;
    private readonly NoptPrologue* _prologue;
    private readonly double* _scalars;
    private readonly void** _slotPointers;
    private bool _startsAsWeights;

    /// <summary>Allocates the slots, at the values the rule starts them with.</summary>
    /// <param name="rule">Decides which slots there are.</param>
    /// <param name="ranges">The parameters, ascending; gaps between them are never touched.</param>
    /// <param name="length">Elements of the arrays, gaps included.</param>
    /// <param name="dtype">F32 or F64.</param>
    public StepBlock(OptimizerRule rule, IReadOnlyList<ParameterRange> ranges, long length, NoptDtype dtype)
    {
        (_rule, _ranges) = (rule, ranges);
        _description = ManagedOptimizers.Describe(rule.KernelName);
        _length = length;
        _dtype = dtype;
        int slotCount = _description.SlotNames.Count;
        int segmentBytes = ranges.Count * sizeof(NoptSegment);
        int scalarBytes = _description.ScalarNames.Count * sizeof(double);
        _control = AlignedBuffer.Allocate(segmentBytes + sizeof(NoptPrologue) + scalarBytes + slotCount * sizeof(void*));
        _segments = (NoptSegment*)_control.Pointer;
        _prologue = (NoptPrologue*)(_segments + ranges.Count);
        _scalars = (double*)(_prologue + 1);
        _slotPointers = (void**)(_scalars + _description.ScalarNames.Count);

        _slots = new AlignedBuffer?[slotCount];
        for (int i = 0; i < slotCount; i++)
        {
            if (!_description.UsesSlot(i, rule.Variant))
                continue;
            _slots[i] = AlignedBuffer.Allocate(checked(length * ParameterArena.ElementSize(dtype)),
                (FirstSlotStagger + i) * ParameterArena.StaggerBytes);
            _slotPointers[i] = _slots[i]!.Pointer;
            Fill(_slots[i]!, rule.InitialSlotValue(_description.SlotNames[i]));
            _startsAsWeights |= rule.SlotStartsAsWeights(_description.SlotNames[i]);
        }
    }

    /// <summary>Whether a slot is still to become a copy of the weights.</summary>
    public bool StartsAsWeights => _startsAsWeights;

    /// <summary>Names of the slots the rule uses.</summary>
    public IEnumerable<string> SlotNames => _description.SlotNames.Where((_, index) => _slots[index] is not null);

    /// <summary>Appends the step to a plan. It updates the parameters that are trained at the time.</summary>
    /// <returns>The plan's copy of the arguments, for whoever patches the pointers.</returns>
    public NoptOptimizerStepArgs* AddTo(StepPlan plan, int optimizerId, void* parameters, void* gradients)
    {
        int segmentCount = SelectSegments();
        plan.Use(_control);
        foreach (AlignedBuffer? slot in _slots)
            if (slot is not null)
                plan.Use(slot);
        return plan.Add(NoptOpKind.OptimizerStep, new NoptOptimizerStepArgs
        {
            StructSize = (uint)sizeof(NoptOptimizerStepArgs),
            Optimizer = optimizerId,
            Flags = _rule.Maximize ? (uint)NoptStepFlags.Maximize : 0,
            Variant = _rule.Variant,
            Dtype = (int)_dtype,
            SlotCount = _slots.Length,
            ScalarCount = _description.ScalarNames.Count,
            Length = _length,
            Parameters = parameters,
            Gradients = gradients,
            Slots = _slotPointers,
            Segments = _segments,
            SegmentCount = segmentCount,
            Prologues = _prologue,
            Scalars = _scalars,
            RowCount = 1,
        });
    }

    /// <summary>Writes what changes from step to step. Allocates nothing.</summary>
    /// <param name="step">Number of the step, from 1.</param>
    /// <param name="learningRate">The learning rate in force.</param>
    /// <param name="kept">The numbers the rule keeps, after the step before.</param>
    public void Prepare(long step, double learningRate, ReadOnlySpan<double> kept)
    {
        var scalars = new Span<double>(_scalars, _description.ScalarNames.Count);
        *_prologue = _rule.CreatePrologue(learningRate);
        _rule.WriteScalars(step, learningRate, scalars);
        _rule.WriteKeptScalars(step, learningRate, kept, scalars);
    }

    /// <summary>Before a step: slots that start as the weights become a copy of them, until <see cref="KeepSlots"/>.</summary>
    public void StartSlots(void* weights)
    {
        if (!_startsAsWeights)
            return;
        long bytes = _length * ParameterArena.ElementSize(_dtype);
        for (int i = 0; i < _slots.Length; i++)
            if (_slots[i] is { } slot && _rule.SlotStartsAsWeights(_description.SlotNames[i]))
                Buffer.MemoryCopy(weights, slot.Pointer, bytes, bytes);
    }

    /// <summary>From now on no slot starts as the weights: a step is complete, or the state was set.</summary>
    public void KeepSlots() => _startsAsWeights = false;

    /// <summary>The buffer of a slot, or null where the rule has none of this name.</summary>
    public AlignedBuffer? FindSlot(string name)
    {
        for (int i = 0; i < _slots.Length; i++)
            if (_description.SlotNames[i] == name)
                return _slots[i];
        return null;
    }

    /// <summary>Releases the memory once no plan uses it any more.</summary>
    public void Dispose()
    {
        foreach (AlignedBuffer? slot in _slots)
            slot?.Dispose();
        _control.Dispose();
    }

    private void Fill(AlignedBuffer slot, double value)
    {
        if (value == 0)
            return;
        if (_dtype == NoptDtype.F32)
            slot.AsSpan<float>().Fill((float)value);
        else
            slot.AsSpan<double>().Fill(value);
    }

    private int SelectSegments()
    {
        List<NoptSegment> segments = MergeRanges(_ranges.Where(range => range.IsTrained));
        for (int i = 0; i < segments.Count; i++)
            _segments[i] = segments[i];
        return segments.Count;
    }

    /// <summary>Neighbours without a gap become one segment: fewer, longer loops.</summary>
    private static List<NoptSegment> MergeRanges(IEnumerable<ParameterRange> ranges)
    {
        var segments = new List<NoptSegment>();
        foreach (ParameterRange range in ranges)
        {
            if (segments.Count > 0 && segments[^1].Offset + segments[^1].Count == range.Offset)
                segments[^1] = segments[^1] with { Count = segments[^1].Count + range.Count };
            else
                segments.Add(new NoptSegment { Offset = range.Offset, Count = range.Count });
        }
        return segments;
    }
}
