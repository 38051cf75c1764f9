using NativeOpt.Backends;
using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Optimizers;

/// <summary>One parameter of a <see cref="MatrixBlock"/>: its kernel, slots and scalars.</summary>
internal sealed unsafe class MatrixParameter : IDisposable
{
    private readonly MatrixRule _rule;
    private readonly StepRows _stepRows;
    private readonly int _index;
    private readonly long _rows, _columns;
    private readonly OptimizerDescription _kernel;
    private readonly AlignedBuffer?[] _slots;
    private readonly AlignedBuffer _control;
    private readonly double* _scalars;
    private readonly NoptSegment* _segment;
    private readonly void** _slotPointers;

    /// <summary>Allocates the slots of the kernel for the shape of the parameter.</summary>
    /// <param name="rule">Says which kernel that is.</param>
    /// <param name="stepRows">The parameters of the block.</param>
    /// <param name="index">Which of them this is.</param>
    public MatrixParameter(MatrixRule rule, StepRows stepRows, int index)
    {
        (_rule, _stepRows, _index) = (rule, stepRows, index);
        Range = stepRows.Ranges[index];
        (_rows, _columns) = Range.Shape.Length == 2 ? (Range.Shape[0], Range.Shape[1]) : (1, Range.Count);
        _kernel = ManagedOptimizers.Describe(rule.KernelOf(Range.Shape));
        _slots = new AlignedBuffer?[_kernel.SlotNames.Count];
        _control = AlignedBuffer.Allocate(
            _kernel.ScalarNames.Count * sizeof(double) + sizeof(NoptSegment) + _slots.Length * sizeof(void*));
        _scalars = (double*)_control.Pointer;
        _segment = (NoptSegment*)(_scalars + _kernel.ScalarNames.Count);
        _slotPointers = (void**)(_segment + 1);
        *_segment = new NoptSegment { Count = Range.Count };
        for (int i = 0; i < _slots.Length; i++)
        {
            if (!_kernel.UsesSlot(i, rule.Variant))
                continue;
            _slots[i] = AlignedBuffer.Allocate(checked(SlotLength(i) * ElementSize));
            _slotPointers[i] = _slots[i]!.Pointer;
        }
    }

    public ParameterRange Range { get; }

    /// <summary>Names of the slots.</summary>
    public IEnumerable<string> SlotNames => _kernel.SlotNames.Where((_, index) => _slots[index] is not null);

    /// <summary>What the operation reads.</summary>
    public Span<double> Scalars => new(_scalars, _kernel.ScalarNames.Count);

    private int ElementSize => ParameterArena.ElementSize(_stepRows.Dtype);

    private uint Flags => (uint)_stepRows.Flags;

    /// <summary>A slot, or null where the kernel has none of this name.</summary>
    public SlotPlace? FindSlot(string name)
    {
        for (int i = 0; i < _slots.Length; i++)
            if (_kernel.SlotNames[i] == name && _slots[i] is { } slot)
                return new SlotPlace(slot, 0, SlotLength(i));
        return null;
    }

    /// <summary>Appends the update to a plan, which keeps the memory alive.</summary>
    public void AddUpdate(StepPlan plan, ArrayPlaces places, IBackend backend, double* coefficients)
    {
        plan.Use(_control);
        foreach (AlignedBuffer? slot in _slots)
            if (slot is not null)
                plan.Use(slot);
        int optimizer = backend.FindOptimizer(_kernel.Name);
        if (_kernel.IsMatrixRule)
        {
            NoptMatrixStepArgs* args = plan.Add(NoptOpKind.MatrixStep, MatrixArgs(optimizer, coefficients));
            Follow(plan, places, &args->Parameters, &args->Gradients);
        }
        else
        {
            NoptOptimizerStepArgs* args = plan.Add(NoptOpKind.OptimizerStep, ElementwiseArgs(optimizer));
            Follow(plan, places, &args->Parameters, &args->Gradients);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (AlignedBuffer? slot in _slots)
            slot?.Dispose();
        _control.Dispose();
    }

    private long SlotLength(int slot) => _kernel.IsMatrixRule ? _kernel.SlotLength(slot, _rows, _columns) : Range.Count;

    private void Follow(StepPlan plan, ArrayPlaces places, void** parameters, void** gradients)
    {
        places.FollowWeights(plan, parameters, Range.Offset * ElementSize);
        places.FollowGradients(plan, gradients, Range.Offset * ElementSize);
    }

    private NoptMatrixStepArgs MatrixArgs(int optimizer, double* coefficients) => new()
    {
        StructSize = (uint)sizeof(NoptMatrixStepArgs),
        Optimizer = optimizer,
        Flags = Flags,
        Variant = _rule.Variant,
        Dtype = (int)_stepRows.Dtype,
        SlotCount = _slots.Length,
        ScalarCount = _kernel.ScalarNames.Count,
        Rows = _rows,
        Columns = _columns,
        Slots = _slotPointers,
        Prologue = _stepRows.Prologues + _stepRows.RowOf(_index),
        Scalars = _scalars,
        Coefficients = coefficients,
        CoefficientCount = _kernel.CoefficientsPerRow == 0 ? 0 : _rule.CoefficientCount,
    };

    private NoptOptimizerStepArgs ElementwiseArgs(int optimizer) => new()
    {
        StructSize = (uint)sizeof(NoptOptimizerStepArgs),
        Optimizer = optimizer,
        Flags = Flags,
        Variant = _rule.Variant,
        Dtype = (int)_stepRows.Dtype,
        SlotCount = _slots.Length,
        ScalarCount = _kernel.ScalarNames.Count,
        Length = Range.Count,
        Slots = _slotPointers,
        Segments = _segment,
        SegmentCount = 1,
        Prologues = _stepRows.Prologues + _stepRows.RowOf(_index),
        Scalars = _scalars,
        RowCount = 1,
    };
}
