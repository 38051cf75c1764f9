using System.Numerics;
using NativeOpt.Optimizers.Closure;
using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// L-BFGS (Liu &amp; Nocedal 1989, "On the limited memory BFGS method for large scale optimization"): a quasi-Newton method that knows
/// the curvature from the last changes of the gradient. Needs the loss of the whole data set; with changing batches it goes astray.
/// </summary>
/// <remarks>
/// The arithmetic is that of PyTorch's LBFGS. Each iteration: <c>y = g - g_before</c>, <c>s = t*d</c>, kept if <c>y.s &gt; 1e-10</c>;
/// <c>d = -H g</c> by the two-loop recursion with <c>H0 = y.s/y.y</c>; <c>w = w + t*d</c>, where t is the learning rate, at the very first
/// iteration times <c>min(1, 1/|g|_1)</c>, or what the line search finds from there.
/// <para>
/// Defaults: LearningRate 1, MaxIterations 20, MaxEvaluations 1.25 times that, ToleranceGradient 1e-7, ToleranceChange 1e-9,
/// HistorySize 100, LineSearch none.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// var optimizer = new LBfgs { LineSearch = LineSearch.StrongWolfe };
/// double before = optimizer.Step(w, (point, gradient) => LossAt(point, gradient));
/// </code>
/// </example>
public sealed class LBfgs : ClosureOptimizer
{
    private LBfgsRun<float>? _floats;
    private LBfgsRun<double>? _doubles;

    /// <summary>Length of a step in units of the direction, or where the line search begins; finite and not negative, 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double LearningRate { get; init => field = Require.NotNegative(value, nameof(LearningRate)); } = 1;

    /// <summary>Most iterations of a step; at least 1, 20 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxIterations { get; init => field = (int)RequireSteps.AtLeastOne(value, nameof(MaxIterations)); } = 20;

    /// <summary>
    /// A step ends after the iteration that reaches as many evaluations; at least 1. Null (default): MaxIterations times 1.25, rounded
    /// down.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? MaxEvaluations
    {
        get;
        init => field = value is { } count ? (int)RequireSteps.AtLeastOne(count, nameof(MaxEvaluations)) : null;
    }

    /// <summary>A step ends where no element of the gradient is larger; finite and not negative, 1e-7 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double ToleranceGradient { get; init => field = Require.NotNegative(value, nameof(ToleranceGradient)); } = 1e-7;

    /// <summary>A step ends where weights, loss or slope change by less; finite and not negative, 1e-9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double ToleranceChange { get; init => field = Require.NotNegative(value, nameof(ToleranceChange)); } = 1e-9;

    /// <summary>Changes of the gradient that are remembered; at least 1, 100 by default. Each takes twice the memory of the weights.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int HistorySize { get; init => field = (int)RequireSteps.AtLeastOne(value, nameof(HistorySize)); } = 100;

    /// <summary>How far to go in a direction; none (default) is the learning rate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration.</exception>
    public LineSearch LineSearch
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(LineSearch), $"LineSearch is {value}; it must be None or StrongWolfe.");
    }

    /// <inheritdoc/>
    public override long IterationCount => _floats?.IterationCount ?? _doubles?.IterationCount ?? 0;

    /// <inheritdoc/>
    public override long EvaluationCount => _floats?.EvaluationCount ?? _doubles?.EvaluationCount ?? 0;

    /// <summary>The most evaluations of a step.</summary>
    internal int EvaluationLimit => MaxEvaluations ?? (int)(MaxIterations * 5L / 4);

    /// <inheritdoc/>
    public override void Reset() => (_floats, _doubles) = (null, null);

    private protected override double Run(Span<float> weights, LossAndGradient<float> lossAndGradient) =>
        Run(ref _floats, isOther: _doubles is not null, weights, lossAndGradient);

    private protected override double Run(Span<double> weights, LossAndGradient<double> lossAndGradient) =>
        Run(ref _doubles, isOther: _floats is not null, weights, lossAndGradient);

    private double Run<T>(ref LBfgsRun<T>? run, bool isOther, Span<T> weights, LossAndGradient<T> lossAndGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(lossAndGradient);
        if (weights.IsEmpty)
            throw new ArgumentException("weights is empty; it must have at least one element.", nameof(weights));
        if (isOther)
            throw new InvalidOperationException("Earlier steps were in another precision; call Reset first.");
        if (run is not null && run.Length != weights.Length)
            throw new ArgumentException(
                $"weights has {weights.Length} elements; earlier steps had {run.Length}.", nameof(weights));
        run ??= new LBfgsRun<T>(this, weights.Length);
        return run.Step(weights, lossAndGradient);
    }
}
