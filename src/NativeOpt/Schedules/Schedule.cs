namespace NativeOpt;

/// <summary>
/// A hyper-parameter as a function of the step: immutable, without state, so that a run that is resumed at any step goes on with
/// the same values. Step t is the number of completed steps: the value at t is used by step number t + 1.
/// </summary>
/// <remarks>
/// Schedules compose: <see cref="Then"/> puts one after another, <see cref="WithWarmup"/> starts gently, <see cref="PerEpoch"/>
/// counts epochs instead of steps, <see cref="Chain"/> multiplies. To add a schedule of your own, derive a record from this one,
/// or wrap a function in a <see cref="LambdaSchedule"/>.
/// </remarks>
public abstract partial record Schedule
{
    /// <summary>The value after <paramref name="step"/> completed steps.</summary>
    /// <param name="step">Completed steps, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public double ValueAt(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return Compute(step);
    }

    /// <summary>The first values, for a table or a plot.</summary>
    /// <param name="count">How many values, not negative.</param>
    /// <param name="start">Step of the first one.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is negative.</exception>
    public double[] Preview(int count, long start = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        var values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = Compute(start + i);
        return values;
    }

    /// <summary>
    /// This schedule up to <paramref name="atStep"/>, from there on <paramref name="next"/>, which then counts its own steps
    /// from 0.
    /// </summary>
    /// <param name="next">What follows.</param>
    /// <param name="atStep">Its first step, counted by this schedule; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">atStep is less than 1.</exception>
    public Schedule Then(Schedule next, long atStep)
    {
        ArgumentNullException.ThrowIfNull(next);
        ArgumentOutOfRangeException.ThrowIfLessThan(atStep, 1);
        return SequentialSchedule.Join(this, next, atStep);
    }

    /// <summary>
    /// A straight line from <paramref name="startFactor"/> times the first value up to the first value, then this schedule from
    /// its step 0: <c>v(0) * (startFactor + (1 - startFactor)*t/steps)</c> for t &lt; steps, <c>v(t - steps)</c> after that.
    /// </summary>
    /// <param name="steps">Length of the line; at least 1.</param>
    /// <param name="startFactor">In [0, 1]; 0 by default, so the very first step changes nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public Schedule WithWarmup(long steps, double startFactor = 0) =>
        new LinearLR(Compute(0), steps) { StartFactor = startFactor }.Then(this, steps);

    /// <summary>This schedule with epochs as its steps: <c>v(floor(t / stepsPerEpoch))</c>.</summary>
    /// <param name="stepsPerEpoch">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">stepsPerEpoch is less than 1.</exception>
    public Schedule PerEpoch(long stepsPerEpoch) => new EpochSchedule(this, stepsPerEpoch);

    /// <summary>
    /// The product of this schedule and another one, as PyTorch chains them: one carries the rate, the other starts at 1.
    /// </summary>
    public Schedule Chain(Schedule factor)
    {
        ArgumentNullException.ThrowIfNull(factor);
        return ChainedSchedule.Join(this, factor);
    }

    /// <summary>The value after <paramref name="t"/> completed steps, which is not negative.</summary>
    protected abstract double Compute(long t);
}
