namespace NativeOpt;

/// <summary>A function of the caller's own. Two of these are equal if they hold the same delegate.</summary>
/// <remarks>PyTorch's LambdaLR gives a factor instead: <c>new LambdaSchedule(t => initialRate * factor(t))</c>.</remarks>
public sealed record LambdaSchedule : Schedule
{
    /// <summary>Wraps a function.</summary>
    /// <param name="function">
    /// From the number of completed steps to the value. It must give the same value whenever it is asked for the same step.
    /// </param>
    public LambdaSchedule(Func<long, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        Function = function;
    }

    /// <summary>The function.</summary>
    public Func<long, double> Function { get; }

    /// <inheritdoc/>
    protected override double Compute(long t) => Function(t);
}
