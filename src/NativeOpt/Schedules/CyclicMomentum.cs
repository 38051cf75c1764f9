namespace NativeOpt;

/// <summary>The momentum of a <see cref="CyclicLR"/>: high where the rate is low.</summary>
public sealed record CyclicMomentum : Schedule
{
    /// <summary>The momentum of a cycle; the same as <see cref="CyclicLR.MomentumSchedule"/>.</summary>
    public CyclicMomentum(CyclicLR cycle)
    {
        ArgumentNullException.ThrowIfNull(cycle);
        Cycle = cycle;
    }

    /// <summary>The schedule of the rate, which has the settings.</summary>
    public CyclicLR Cycle { get; }

    /// <inheritdoc/>
    protected override double Compute(long t) =>
        Cycle.MaxMomentum - (Cycle.MaxMomentum - Cycle.BaseMomentum) * Cycle.Height(t);
}
