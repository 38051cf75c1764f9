using NativeOpt.Interop;
using NativeOpt.Optimizers;
using NativeOpt.Text;
using NativeOpt.Training;

namespace NativeOpt;

/// <summary>
/// What an <see cref="Optimizer"/> has built up: the number of steps, and for every parameter the arrays its rule keeps ("m",
/// "v" ...). Arrays are copied out and in. It lives and ends with its optimizer and is for one thread at a time.
/// </summary>
public sealed partial class OptimizerState
{
    private readonly Optimizer _optimizer;

    private readonly NamedNumbers _numbers;

    internal OptimizerState(Optimizer optimizer, IEnumerable<RuleShare> shares)
    {
        _optimizer = optimizer;
        _numbers = new NamedNumbers(RuleUse.NumbersOf(shares));
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
    /// removed. Where several rules share the parameters, a name follows the pattern of its rule: "*/bias:mu_product".
    /// </summary>
    public IDictionary<string, double> Scalars => _numbers;

    /// <summary>Names of the parameters, in the order they were registered.</summary>
    public IReadOnlyList<string> ParameterNames => [.. _optimizer.Parameters.Select(parameter => parameter.Name)];

    /// <summary>
    /// Where gradients accumulate: number of steps whose gradients wait for an update. The gradients are the slot "gradient_sum".
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value set is negative.</exception>
    /// <exception cref="InvalidOperationException">A step is open.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is closed.</exception>
    public int PendingGradients
    {
        get => _optimizer.PendingGradients;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _optimizer.RestoreAccumulation(value, _optimizer.MicroStepCount);
        }
    }

    /// <summary>Where gradients accumulate: number of steps so far, those that were no updates included; schedules may go by it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value set is negative.</exception>
    /// <exception cref="InvalidOperationException">A step is open.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is closed.</exception>
    public long MicroStepCount
    {
        get => _optimizer.MicroStepCount;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _optimizer.RestoreAccumulation(_optimizer.PendingGradients, value);
        }
    }

    /// <summary>Names of the arrays that parameters have; under several rules not every parameter has all of them.</summary>
    public IReadOnlyList<string> SlotNames =>
        [.. _optimizer.Parameters.SelectMany(parameter => parameter.SlotNames).Distinct()];

    /// <summary>Names of the arrays that a parameter has.</summary>
    /// <param name="parameter">Name of the parameter.</param>
    /// <exception cref="ArgumentException">There is no such parameter.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is closed.</exception>
    public IReadOnlyList<string> GetSlotNames(string parameter) => [.. _optimizer.FindParameter(parameter).SlotNames];

    /// <summary>
    /// A copy of a slot, row-major in the shape of its parameter. Slots that start as the weights are 0 until the first step.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such parameter or slot.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is closed.</exception>
    public float[] GetSlot(string parameter, string slot)
    {
        SlotPlace place = Find(parameter, slot);
        float[] copy = _optimizer.Dtype == NoptDtype.F32
            ? place.AsSpan<float>().ToArray()
            : Array.ConvertAll(place.AsSpan<double>().ToArray(), value => (float)value);
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
        SlotPlace place = Find(parameter, slot);
        _optimizer.ThrowIfStepIsOpen();
        if (values.Length != place.Count)
            throw new ArgumentException(
                $"values has {values.Length} elements, slot '{slot}' of parameter '{parameter}' has {place.Count}.", nameof(values));
        _optimizer.PrepareToSetSlot(_optimizer.FindParameter(parameter), slot);
        if (_optimizer.Dtype == NoptDtype.F32)
            values.CopyTo(place.AsSpan<float>());
        else
            for (int i = 0; i < values.Length; i++)
                place.AsSpan<double>()[i] = values[i];
        GC.KeepAlive(_optimizer);
    }

    /// <summary>Puts the rules to work; each has its own part of <see cref="Scalars"/>.</summary>
    internal RuleUse[] CreateUses(RuleShare[] shares)
    {
        var uses = new RuleUse[shares.Length];
        for (int i = 0, first = 0; i < shares.Length; first += shares[i].Rule.KeptNumbers.Count, i++)
            uses[i] = new RuleUse(shares[i], _numbers, first);
        return uses;
    }

    private SlotPlace Find(string parameter, string slot)
    {
        ArgumentNullException.ThrowIfNull(slot);
        OptimizerParameter found = _optimizer.FindParameter(parameter);
        return found.FindSlot(slot)
            ?? throw new ArgumentException(NearestName.Explain("slot", slot, GetSlotNames(parameter)), nameof(slot));
    }
}
