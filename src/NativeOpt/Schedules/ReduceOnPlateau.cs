namespace NativeOpt.Schedules;

/// <summary>
/// When to reduce the learning rate because a monitored value no longer improves, and to what: a state machine without effects.
/// </summary>
/// <remarks>
/// The result is a factor on the schedule in force, so it works together with any schedule. Keras reduces when
/// <see cref="Patience"/> epochs in a row were not better, PyTorch when there was one more than that. In PyTorch the first
/// epoch of a cooldown counts as waiting before it is forgotten; a reduction by less than <see cref="Eps"/> is not made, though
/// it starts a cooldown all the same.
/// </remarks>
internal sealed record ReduceOnPlateau
{
    /// <summary>Whose rules hold; Keras' by default.</summary>
    public Convention Convention { get; init; }

    /// <summary>What counts as better. Keras' default: lower by more than 1e-4; PyTorch's: lower by more than the share 1e-4.</summary>
    public Improvement Improvement { get; init; } = new(MonitorMode.Min, 1e-4, Relative: false);

    /// <summary>What the rate is multiplied by, in (0, 1); 0.1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside (0, 1).</exception>
    public double Factor
    {
        get;
        init => field = value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(Factor), FormattableString.Invariant($"Factor is {value}; it must be greater than 0 and less than 1."));
    } = 0.1;

    /// <summary>Epochs without improvement that are borne, not negative; 10 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Patience { get; init => field = (int)RequireSteps.NotNegative(value, nameof(Patience)); } = 10;

    /// <summary>Epochs after a reduction that do not count as waiting, not negative; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Cooldown { get; init => field = (int)RequireSteps.NotNegative(value, nameof(Cooldown)); }

    /// <summary>The rate is not reduced below this; finite and not negative, 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double MinLearningRate { get; init => field = Require.NotNegative(value, nameof(MinLearningRate)); }

    /// <summary>PyTorch only: the smallest change that is made; finite and not negative, 1e-8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double Eps { get; init => field = Require.NotNegative(value, nameof(Eps)); } = 1e-8;

    /// <summary>Keras' mode "auto": up for what has "acc" in its name, down for everything else.</summary>
    public static MonitorMode AutomaticMode(string monitor) =>
        monitor.Contains("acc", StringComparison.OrdinalIgnoreCase) ? MonitorMode.Max : MonitorMode.Min;

    /// <summary>The state before the first epoch.</summary>
    public PlateauState Start => new(Improvement.Worst, 0, 0, 1);

    /// <summary>The state after an epoch.</summary>
    /// <param name="state">The state before it.</param>
    /// <param name="value">What was monitored in it.</param>
    /// <param name="scheduledRate">What the schedule says, before the factor of the state.</param>
    public PlateauState Next(PlateauState state, double value, double scheduledRate) =>
        Convention == Convention.PyTorch ? NextPyTorch(state, value, scheduledRate) : NextKeras(state, value, scheduledRate);

    private PlateauState NextKeras(PlateauState state, double value, double scheduledRate)
    {
        if (state.CooldownLeft > 0)
            state = state with { CooldownLeft = state.CooldownLeft - 1, Wait = 0 };
        if (Improvement.IsBetter(value, state.Best))
            return state with { Best = value, Wait = 0 };
        if (state.CooldownLeft > 0)
            return state;
        state = state with { Wait = state.Wait + 1 };
        // At the minimum Keras goes on waiting: no cooldown begins.
        return state.Wait >= Patience && scheduledRate * state.Scale > MinLearningRate
            ? Reduce(state, scheduledRate, smallestChange: null)
            : state;
    }

    private PlateauState NextPyTorch(PlateauState state, double value, double scheduledRate)
    {
        state = Improvement.IsBetter(value, state.Best)
            ? state with { Best = value, Wait = 0 }
            : state with { Wait = state.Wait + 1 };
        if (state.CooldownLeft > 0)
            state = state with { CooldownLeft = state.CooldownLeft - 1, Wait = 0 };
        return state.Wait > Patience ? Reduce(state, scheduledRate, Eps) : state;
    }

    private PlateauState Reduce(PlateauState state, double scheduledRate, double? smallestChange)
    {
        double old = scheduledRate * state.Scale;
        double reduced = Math.Max(old * Factor, MinLearningRate);
        bool changes = scheduledRate > 0 && !(old - reduced <= smallestChange) && reduced < old;
        double scale = !changes ? state.Scale : reduced > MinLearningRate ? state.Scale * Factor : reduced / scheduledRate;
        return state with { Scale = scale, CooldownLeft = Cooldown, Wait = 0 };
    }
}
