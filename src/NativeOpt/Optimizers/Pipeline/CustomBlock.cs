using System.Numerics;
using NativeOpt.Backends;
using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Optimizers;

/// <summary>
/// The block of a rule of the user's own: a call of C# code, which prepares the gradients of each parameter as all kernels do and hands
/// them to the rule. Gradients are copied, because those of a caller are not ours to change.
/// </summary>
internal sealed unsafe class CustomBlock : UpdateBlock
{
    private readonly CustomRule _rule;
    private readonly RuleSlot[] _slotTable;
    private readonly AlignedBuffer[] _slots;
    private readonly AlignedBuffer _gradients;
    private readonly double[] _numbers;
    private bool _startsAsWeights;

    /// <summary>Allocates the slots, at the values the rule starts them with.</summary>
    /// <param name="rule">Decides which slots there are.</param>
    /// <param name="rows">The parameters; the block disposes it.</param>
    public CustomBlock(CustomRule rule, StepRows rows) : base(rule, rows)
    {
        _rule = rule;
        _slotTable = [.. rule.SlotList];
        _numbers = new double[rule.KeptNumbers.Count];
        int elementSize = ParameterArena.ElementSize(rows.Dtype);
        _slots = [.. _slotTable.Select(_ => AlignedBuffer.Allocate(checked(rows.Length * elementSize)))];
        _gradients = AlignedBuffer.Allocate(rows.Ranges.Max(range => range.Count) * elementSize);
        for (int i = 0; i < _slots.Length; i++)
            Fill(_slots[i], _slotTable[i].InitialValue);
        _startsAsWeights = Array.Exists(_slotTable, slot => slot.StartsAsWeights);
    }

    /// <summary>Number of the step in progress.</summary>
    public long Step { get; private set; }

    /// <summary>The learning rate of the step in progress.</summary>
    public double LearningRate { get; private set; }

    /// <summary>The kept numbers of the step in progress.</summary>
    public ReadOnlySpan<double> Numbers => _numbers;

    /// <inheritdoc/>
    public override bool StartsAsWeights => _startsAsWeights;

    /// <inheritdoc/>
    public override IEnumerable<string> SlotNames => _slotTable.Select(slot => slot.Name);

    private bool IsDouble => Rows.Dtype == NoptDtype.F64;

    /// <summary>A part of a slot.</summary>
    public Span<T> Slot<T>(int index, long offset, int count) where T : unmanaged => new((T*)_slots[index].Pointer + offset, count);

    /// <inheritdoc/>
    public override SlotPlace? FindSlot(ParameterRange parameter, string name)
    {
        int index = Array.FindIndex(_slotTable, slot => slot.Name == name);
        return index < 0 ? null : new SlotPlace(_slots[index], parameter.Offset - Rows.First, parameter.Count);
    }

    /// <inheritdoc/>
    public override void AddUpdate(StepPlan plan, ArrayPlaces places, IBackend backend)
    {
        plan.Use(Rows.Control);
        plan.Use(_gradients);
        foreach (AlignedBuffer slot in _slots)
            plan.Use(slot);
        var arrays = (Arrays*)plan.Allocate(sizeof(Arrays));
        long offset = Rows.First * ParameterArena.ElementSize(Rows.Dtype);
        places.FollowWeights(plan, &arrays->Weights, offset);
        places.FollowGradients(plan, &arrays->Gradients, offset);
        bool[] isTrained = [.. Rows.Ranges.Select(range => range.IsTrained)];
        if (IsDouble)
            plan.AddCall(() => Run<double>(arrays, isTrained));
        else
            plan.AddCall(() => Run<float>(arrays, isTrained));
    }

    /// <inheritdoc/>
    public override void Prepare(in StepNumbers numbers)
    {
        Rows.Write(numbers);
        (Step, LearningRate) = (numbers.Step, numbers.LearningRate);
        numbers.Kept.CopyTo(_numbers);
    }

    /// <inheritdoc/>
    public override void StartSlots(void* weights)
    {
        if (!_startsAsWeights)
            return;
        long elementSize = ParameterArena.ElementSize(Rows.Dtype);
        long bytes = Rows.Length * elementSize;
        for (int i = 0; i < _slots.Length; i++)
            if (_slotTable[i].StartsAsWeights)
                Buffer.MemoryCopy((byte*)weights + Rows.First * elementSize, _slots[i].Pointer, bytes, bytes);
    }

    /// <inheritdoc/>
    public override void KeepSlots() => _startsAsWeights = false;

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (AlignedBuffer slot in _slots)
            slot.Dispose();
        _gradients.Dispose();
        base.Dispose();
    }

    private void Run<T>(Arrays* arrays, bool[] isTrained) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < isTrained.Length; i++)
        {
            if (!isTrained[i])
                continue;
            ParameterRange range = Rows.Ranges[i];
            var prologue = new StepPrologue<T>(Rows.Prologues[Rows.RowOf(i)], Rows.Flags);
            if (Rows.Touched is { } touched)
                for (long s = 0; s < touched.SegmentCount; s++)
                    Run(arrays, range, ((NoptSegment*)touched.Segments.Pointer)[s], prologue);
            else
                Run(arrays, range, new NoptSegment { Offset = range.Offset - Rows.First, Count = range.Count }, prologue);
        }
    }

    private void Run<T>(Arrays* arrays, ParameterRange range, in NoptSegment segment, in StepPrologue<T> prologue)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = checked((int)segment.Count);
        T* weights = (T*)arrays->Weights + segment.Offset;
        var gradients = (T*)_gradients.Pointer;
        PrepareGradients(weights, (T*)arrays->Gradients + segment.Offset, gradients, count, prologue);
        if ((Rows.Flags & NoptStepFlags.ZeroGradients) != 0)
            new Span<T>((T*)arrays->Gradients + segment.Offset, count).Clear();
        _rule.Run(new RuleUpdate<T>(
            this, range.Name, range.Shape, segment.Offset, new Span<T>(weights, count), new Span<T>(gradients, count)));
        for (int i = 0; i < _slots.Length; i++)
            FlushSubnormals((T*)_slots[i].Pointer + segment.Offset, count);
    }

    private static void PrepareGradients<T>(T* weights, T* gradients, T* results, int count, in StepPrologue<T> prologue)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < count; i += Vector<T>.Count)
        {
            int lanes = Math.Min(count - i, Vector<T>.Count);
            Vector<T> w = VectorTail.Load(weights + i, lanes);
            VectorTail.Store(prologue.Apply(ref w, VectorTail.Load(gradients + i, lanes)), results + i, lanes);
            VectorTail.Store(w, weights + i, lanes);
        }
    }

    // As the kernels do: a slot that fades away would make every later step many times slower.
    private static void FlushSubnormals<T>(T* values, int count) where T : unmanaged
    {
        for (int i = 0; i < count; i += Vector<T>.Count)
        {
            int lanes = Math.Min(count - i, Vector<T>.Count);
            VectorTail.Store(VectorMath.FlushSubnormals(VectorTail.Load(values + i, lanes)), values + i, lanes);
        }
    }

    private void Fill(AlignedBuffer slot, double value)
    {
        if (IsDouble)
            slot.AsSpan<double>().Fill(value);
        else
            slot.AsSpan<float>().Fill((float)value);
    }

    /// <summary>Where weights and gradients are, from the first parameter of the block; null for a caller's arrays between calls.</summary>
    private struct Arrays
    {
        public void* Weights;
        public void* Gradients;
    }
}
