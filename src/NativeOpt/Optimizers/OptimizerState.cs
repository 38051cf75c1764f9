using NativeOpt.Interop;
using NativeOpt.Optimizers;
using NativeOpt.Text;
using NativeOpt.Training;

namespace NativeOpt;

/// <summary>
/// What an <see cref="Optimizer"/> has built up: the number of steps, and for every parameter the arrays its rule keeps ("m",
/// "v" ...). Arrays are copied out and in. It lives and ends with its optimizer and is for one thread at a time.
/// </summary>
public sealed class OptimizerState
{
    private readonly Optimizer _optimizer;

    private readonly NamedNumbers _numbers;

    internal OptimizerState(Optimizer optimizer)
    {
        _optimizer = optimizer;
        _numbers = new NamedNumbers(optimizer.Rule.KeptNumbers);
    }

    /// <summary>Number of completed steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value set is negative.</exception>
    /// <exception cref="InvalidOperationException">A step is open.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is closed.</exception>
    public long StepCount
    {
        get => _optimizer.StepCount;
        set => _optimizer.RestoreStepCount(value);
    }

    /// <summary>
    /// Numbers the rule keeps for all parameters together, by name; empty for most. Values can be set, names neither added nor
    /// removed.
    /// </summary>
    public IDictionary<string, double> Scalars => _numbers;

    /// <summary>The values of <see cref="Scalars"/> in the order of the rule.</summary>
    internal Span<double> KeptNumbers => _numbers.Span;

    /// <summary>Names of the parameters, in the order they were registered.</summary>
    public IReadOnlyList<string> ParameterNames => [.. _optimizer.Parameters.Select(parameter => parameter.Name)];

    /// <summary>Names of the arrays each parameter has.</summary>
    public IReadOnlyList<string> SlotNames =>
        _optimizer.Parameters.Count == 0 ? [] : [.. _optimizer.Parameters[0].Block.SlotNames];

    /// <summary>
    /// A copy of a slot, row-major in the shape of its parameter. Slots that start as the weights are 0 until the first step.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such parameter or slot.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is closed.</exception>
    public float[] GetSlot(string parameter, string slot)
    {
        (AlignedBuffer buffer, ParameterRange range) = Find(parameter, slot);
        var copy = new float[range.Count];
        if (_optimizer.Dtype == NoptDtype.F32)
            buffer.AsSpan<float>().Slice((int)range.Offset, copy.Length).CopyTo(copy);
        else
            for (int i = 0; i < copy.Length; i++)
                copy[i] = (float)buffer.AsSpan<double>()[(int)range.Offset + i];
        GC.KeepAlive(_optimizer);
        return copy;
    }

    /// <summary>Overwrites a slot.</summary>
    /// <param name="parameter">Name of the parameter.</param>
    /// <param name="slot">Name of the slot.</param>
    /// <param name="values">As many values as the parameter has elements, row-major.</param>
    /// <exception cref="ArgumentException">There is no such parameter or slot, or the length differs.</exception>
    /// <exception cref="InvalidOperationException">A step is open.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is closed.</exception>
    public void SetSlot(string parameter, string slot, ReadOnlySpan<float> values)
    {
        (AlignedBuffer buffer, ParameterRange range) = Find(parameter, slot);
        _optimizer.ThrowIfStepIsOpen();
        if (values.Length != range.Count)
            throw new ArgumentException(
                $"values has {values.Length} elements, slot '{slot}' of parameter '{parameter}' has {range.Count}.", nameof(values));
        _optimizer.PrepareToSetSlot(_optimizer.FindParameter(parameter), slot);
        if (_optimizer.Dtype == NoptDtype.F32)
            values.CopyTo(buffer.AsSpan<float>().Slice((int)range.Offset, values.Length));
        else
            for (int i = 0; i < values.Length; i++)
                buffer.AsSpan<double>()[(int)range.Offset + i] = values[i];
        GC.KeepAlive(_optimizer);
    }

    private (AlignedBuffer Buffer, ParameterRange Range) Find(string parameter, string slot)
    {
        ArgumentNullException.ThrowIfNull(slot);
        OptimizerParameter found = _optimizer.FindParameter(parameter);
        AlignedBuffer buffer = found.Block.FindSlot(slot)
            ?? throw new ArgumentException(NearestName.Explain("slot", slot, SlotNames), nameof(slot));
        return (buffer, found.Range);
    }
}
