using NativeOpt.Backends;
using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Optimizers;

/// <summary>
/// The block of a rule with a kernel: one optimizer_step operation, or two where the rule measures first. The slots are arrays of the
/// layout of the parameters; a small control block has the scalars, the list of slots that the operation points to, and the numbers
/// that the kernel keeps for each row or has summed up.
/// </summary>
internal sealed unsafe class StepBlock : UpdateBlock
{
    /// <summary>Parameters and gradients take the first two places when arenas are staggered.</summary>
    private const int FirstSlotStagger = 2;

    private readonly OptimizerDescription _description;
    private readonly AlignedBuffer?[] _slots;
    private readonly AlignedBuffer _control;
    private readonly double* _scalars;
    private readonly void** _slotPointers;
    private readonly double* _numbers;
    private bool _startsAsWeights;

    /// <summary>Allocates the slots, at the values the rule starts them with.</summary>
    /// <param name="rule">Decides which slots there are.</param>
    /// <param name="rows">The parameters; the block disposes it.</param>
    public StepBlock(OptimizerRule rule, StepRows rows) : base(rule, rows)
    {
        _description = ManagedOptimizers.Describe(rule.KernelName);
        int slotCount = _description.SlotNames.Count;
        int scalarBytes = rows.RowCount * ScalarCount * sizeof(double);
        int numberBytes = (_description.Scope == NoptScope.Tensor ? rows.RowCount : 1) * NumberCount * sizeof(double);
        _control = AlignedBuffer.Allocate(scalarBytes + numberBytes + slotCount * sizeof(void*));
        _scalars = (double*)_control.Pointer;
        _numbers = (double*)((byte*)_control.Pointer + scalarBytes);
        _slotPointers = (void**)((byte*)_numbers + numberBytes);
        _slots = new AlignedBuffer?[slotCount];
        for (int i = 0; i < slotCount; i++)
        {
            if (!_description.UsesSlot(i, rule.Variant))
                continue;
            _slots[i] = AlignedBuffer.Allocate(checked(rows.Length * ElementSize), (FirstSlotStagger + i) * ParameterArena.StaggerBytes);
            _slotPointers[i] = _slots[i]!.Pointer;
            Fill(_slots[i]!, rule.InitialSlotValue(_description.SlotNames[i]));
            _startsAsWeights |= rule.SlotStartsAsWeights(_description.SlotNames[i]);
        }
    }

    /// <inheritdoc/>
    public override bool StartsAsWeights => _startsAsWeights;

    /// <inheritdoc/>
    public override IEnumerable<string> SlotNames => _description.SlotNames.Where((_, index) => _slots[index] is not null);

    /// <inheritdoc/>
    public override IReadOnlyList<string> NumberNames => _description.Scope == NoptScope.Tensor ? _description.NumberNames : [];

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Measured => _description.Scope == NoptScope.All ? new(_numbers, NumberCount) : [];

    private int ElementSize => ParameterArena.ElementSize(Rows.Dtype);

    private int ScalarCount => _description.ScalarNames.Count;

    private int NumberCount => _description.NumberNames.Count;

    /// <inheritdoc/>
    public override SlotPlace? FindSlot(ParameterRange parameter, string name)
    {
        for (int i = 0; i < _slots.Length; i++)
            if (_description.SlotNames[i] == name && _slots[i] is { } slot)
                return new SlotPlace(slot, parameter.Offset - Rows.First, parameter.Count);
        return null;
    }

    /// <inheritdoc/>
    public override Span<double> NumbersOf(ParameterRange parameter) =>
        new(_numbers + Rows.RowOf(parameter) * NumberNames.Count, NumberNames.Count);

    /// <inheritdoc/>
    public override void AddMeasurement(StepPlan plan, ArrayPlaces places, IBackend backend) =>
        AddStep(plan, places, backend, NoptStepFlags.Measure);

    /// <inheritdoc/>
    public override void AddUpdate(StepPlan plan, ArrayPlaces places, IBackend backend) => AddStep(plan, places, backend, 0);

    private void AddStep(StepPlan plan, ArrayPlaces places, IBackend backend, NoptStepFlags flags)
    {
        plan.Use(_control);
        plan.Use(Rows.Control);
        foreach (AlignedBuffer? slot in _slots)
            if (slot is not null)
                plan.Use(slot);
        NoptOptimizerStepArgs* args = plan.Add(NoptOpKind.OptimizerStep, new NoptOptimizerStepArgs
        {
            StructSize = (uint)sizeof(NoptOptimizerStepArgs),
            Optimizer = backend.FindOptimizer(Rule.KernelName),
            Flags = (uint)(Rows.Flags | flags | (Rule.MathMode == MathMode.Fast ? NoptStepFlags.FastMath : 0)),
            Variant = Rule.Variant,
            Dtype = (int)Rows.Dtype,
            SlotCount = _slots.Length,
            ScalarCount = ScalarCount,
            Length = Rows.Length,
            Slots = _slotPointers,
            Segments = Rows.Segments,
            SegmentCount = Rows.SelectSegments(),
            Prologues = Rows.Prologues,
            Scalars = _scalars,
            RowCount = Rows.RowCount,
            Numbers = NumberCount > 0 ? _numbers : null,
        });
        if (Rows.Touched is { } touched)
        {
            args->Segments = (NoptSegment*)plan.Use(touched.Segments);
            plan.BeforeRun(() => args->SegmentCount = touched.SegmentCount);
        }
        places.FollowWeights(plan, &args->Parameters, Rows.First * ElementSize);
        places.FollowGradients(plan, &args->Gradients, Rows.First * ElementSize);
    }

    /// <inheritdoc/>
    public override void Prepare(in StepNumbers numbers)
    {
        Rows.Write(numbers);
        for (int row = 0; row < Rows.RowCount; row++)
            Rule.WriteRow(Rows.Decays(row), numbers, new Span<double>(_scalars + row * ScalarCount, ScalarCount));
    }

    /// <inheritdoc/>
    public override void StartSlots(void* weights)
    {
        if (!_startsAsWeights)
            return;
        long bytes = Rows.Length * ElementSize;
        for (int i = 0; i < _slots.Length; i++)
            if (_slots[i] is { } slot && Rule.SlotStartsAsWeights(_description.SlotNames[i]))
                Buffer.MemoryCopy((byte*)weights + Rows.First * ElementSize, slot.Pointer, bytes, bytes);
    }

    /// <inheritdoc/>
    public override void KeepSlots() => _startsAsWeights = false;

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (AlignedBuffer? slot in _slots)
            slot?.Dispose();
        _control.Dispose();
        base.Dispose();
    }

    private void Fill(AlignedBuffer slot, double value)
    {
        if (value == 0)
            return;
        if (Rows.Dtype == NoptDtype.F32)
            slot.AsSpan<float>().Fill((float)value);
        else
            slot.AsSpan<double>().Fill(value);
    }
}
