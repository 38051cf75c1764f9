using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// Keras' PiecewiseConstantDecay: <c>values[0]</c> while t &lt;= <c>boundaries[0]</c>, <c>values[1]</c> while t &lt;=
/// <c>boundaries[1]</c>, ..., the last value after the last boundary. A boundary still belongs to the value before it; a
/// milestone of <see cref="MultiStepLR"/> belongs to the value after it.
/// </summary>
public sealed record PiecewiseConstantDecay : Schedule
{
    private readonly ValueList<long> _boundaries;
    private readonly ValueList<double> _values;

    /// <summary>One value more than boundaries.</summary>
    /// <param name="boundaries">Steps, ascending, from 0.</param>
    /// <param name="values">Finite and not negative.</param>
    /// <exception cref="ArgumentException">The boundaries do not ascend, or the numbers do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A boundary or value is outside its range.</exception>
    public PiecewiseConstantDecay(IEnumerable<long> boundaries, IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(boundaries);
        ArgumentNullException.ThrowIfNull(values);
        _boundaries = new(boundaries.Select(boundary => RequireSteps.NotNegative(boundary, nameof(boundaries))));
        for (int i = 1; i < _boundaries.Count; i++)
            if (_boundaries[i] <= _boundaries[i - 1])
                throw new ArgumentException($"boundaries has {_boundaries[i]} after {_boundaries[i - 1]}; they must ascend.",
                    nameof(boundaries));
        _values = new(values.Select(value => Require.NotNegative(value, nameof(values))));
        if (_values.Count != _boundaries.Count + 1)
            throw new ArgumentException(
                $"values has {_values.Count} elements; {_boundaries.Count} boundaries need {_boundaries.Count + 1}.", nameof(values));
    }

    /// <summary>The last step of each value but the last one.</summary>
    public IReadOnlyList<long> Boundaries => _boundaries;

    /// <summary>The values in their order.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <summary>The schedule as text.</summary>
    internal static ScheduleForm Form { get; } = ScheduleForm.Create<PiecewiseConstantDecay>("piecewise_constant_decay",
        settings => new(settings.Wholes("boundaries"), settings.Numbers("values")),
        schedule => new ScheduleSettings()
            .With("boundaries", schedule.Boundaries)
            .With("values", schedule.Values));

    /// <inheritdoc/>
    protected override double Compute(long t)
    {
        int index = 0;
        while (index < _boundaries.Count && t > _boundaries[index])
            index++;
        return _values[index];
    }
}
