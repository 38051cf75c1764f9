using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Optimizers;

namespace NativeOpt;

/// <summary>
/// A rule and the state it builds up: slots, step count, the learning rate in force. It serves a model, or parameters in the
/// caller's own arrays. For one thread at a time; different optimizers are independent.
/// </summary>
/// <remarks>
/// On one array: <c>optimizer.Step(weights, gradients)</c>. On several: <see cref="Register"/> each once, then per step
/// <c>using var step = optimizer.BeginStep(); step.Update("w", weights, gradients);</c>, or all at once with
/// <see cref="Step(ReadOnlySpan{ParameterUpdate})"/>. A step that fails has changed
/// nothing; after the first one a step allocates nothing.
/// </remarks>
public sealed partial class Optimizer : IDisposable
{
    private readonly BackendKind _backendKind;
    private readonly List<OptimizerParameter> _parameters = [];
    private bool _disposed;

    /// <summary>An optimizer without state.</summary>
    /// <param name="rule">The settings.</param>
    /// <param name="backend">What computes the steps on the caller's own arrays; a model uses its own backend.</param>
    /// <exception cref="ArgumentException">Two settings of the rule contradict each other.</exception>
    /// <exception cref="NativeOptException">The native backend was asked for and cannot be loaded.</exception>
    public Optimizer(OptimizerRule rule, BackendKind backend = BackendKind.Auto)
    {
        ArgumentNullException.ThrowIfNull(rule);
        rule.ValidateAll();
        rule.RefuseSchedule(rule.LearningRate);
        if (backend == BackendKind.Native)
            NativeOptRuntime.RequireNative();
        _backendKind = backend;
        _learningRate = rule.LearningRate;
        Rule = rule;
        Ascent = WrapperRule.Find<Sam>(rule) is { } sam ? new WeightAscent(sam) : null;
        ActiveRule = BaseRule with { };
        Schedules = new OptimizerSchedules(this);
        RuleShare[] shares = ActiveRule.CreateShares();
        State = new OptimizerState(this, shares);
        Uses = State.CreateUses(shares);
        Layout = new StepLayout(ActiveRule, Uses, WrapperRule.Find<Lookahead>(rule)) { AddsPenalties = !TakesSecondGradient };
    }

    /// <summary>For tests: a backend of one's own choice, which the optimizer then owns, and perhaps double arrays.</summary>
    internal Optimizer(OptimizerRule rule, IBackend backend, NoptDtype dtype = NoptDtype.F32) : this(rule)
    {
        _backend = backend;
        Dtype = dtype;
    }

    /// <summary>The settings the optimizer was made with.</summary>
    public OptimizerRule Rule { get; }

    /// <summary>What has been built up so far.</summary>
    public OptimizerState State { get; }

    /// <summary>
    /// Number of completed steps; the first step is number 1. All parameters share it, as in Keras. Where gradients accumulate it
    /// counts updates.
    /// </summary>
    public long StepCount { get; private set; }

    /// <summary>Element type of parameters, gradients and slots.</summary>
    internal NoptDtype Dtype { get; private set; }

    /// <summary>All parameters in the order they became known: of a model once it is built, or those of Register and Step.</summary>
    public IReadOnlyList<OptimizerParameter> Parameters => _parameters;

    /// <summary>
    /// Releases the slots and the backend, by a rule or a schedule of your own once the step in progress has ended. Doing it twice does
    /// nothing; a model that uses the optimizer fails at its next step.
    /// </summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (!_isComputing)
            Release();
    }

    private void Release()
    {
        foreach (CallerParameter parameter in _callerParameters)
            parameter.Dispose();
        _arenaPart?.Dispose();
        Ascent?.Dispose();
        _backend?.Dispose();
    }

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, this);

    internal void RestoreStepCount(long value)
    {
        ThrowIfDisposed();
        ThrowIfStepIsOpen();
        ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(StepCount));
        StepCount = value;
    }
}
