using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Optimizers;
using NativeOpt.Text;

namespace NativeOpt;

// Steps on the caller's own arrays.
public sealed unsafe partial class Optimizer
{
    private readonly List<CallerParameter> _callerParameters = [];
    private IBackend? _backend;
    private long _lastTicket;
    private long _openTicket;
    private bool _isComputing;
    private StepOutcome? _outcomeOfStep;

    /// <summary>
    /// One step on one array. The first call registers it under the name "weights" unless one parameter is registered already;
    /// later calls must bring the same length.
    /// </summary>
    /// <param name="weights">Parameters, in and out.</param>
    /// <param name="gradients">As many gradients.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, from each other or from earlier steps, or are 0, or the spans overlap.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The optimizer belongs to a model or has several parameters (see <see cref="BeginStep"/>), or a step is open.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The optimizer is closed.</exception>
    public void Step(Span<float> weights, ReadOnlySpan<float> gradients) => StepOne(weights, gradients);

    /// <summary>The same in double precision, for an optimizer made for it.</summary>
    internal void StepDouble(Span<double> weights, ReadOnlySpan<double> gradients) => StepOne(weights, gradients);

    /// <summary>Makes a parameter known and its slots, mostly at zero.</summary>
    /// <param name="name">Unique in this optimizer.</param>
    /// <param name="shape">Row-major sizes, each at least 1; none for a single number.</param>
    /// <exception cref="ArgumentException">
    /// The name is empty or taken, or a size is not positive, or the rule has no place for the parameter.
    /// </exception>
    /// <exception cref="InvalidOperationException">The optimizer belongs to a model, or its rule is for models only.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is closed.</exception>
    /// <exception cref="NativeOptException">The backend cannot be opened.</exception>
    public OptimizerParameter Register(string name, params ReadOnlySpan<int> shape)
    {
        ThrowIfDisposed();
        ThrowIfForModelsOnly();
        ThrowIfAttached();
        ThrowIfComputing();
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (_parameters.Exists(parameter => parameter.Name == name))
            throw new ArgumentException($"A parameter called '{name}' is registered already.", nameof(name));
        long length = 1;
        foreach (int size in shape)
        {
            if (size <= 0)
                throw new ArgumentException(
                    $"The shape of '{name}' is [{string.Join(", ", shape.ToArray())}]; each size must be at least 1.", nameof(shape));
            length = length <= Array.MaxLength ? length * size : length;
        }
        if (length > Array.MaxLength)
            throw new ArgumentException(
                $"The shape of '{name}' is [{string.Join(", ", shape.ToArray())}]; an array has at most {Array.MaxLength} elements.",
                nameof(shape));
        _backend ??= NativeOptRuntime.OpenBackend(_backendKind);
        var added = new CallerParameter(this, name, shape.ToArray(), length, Dtype, _backend);
        _callerParameters.Add(added);
        _parameters.Add(added.Parameter);
        return added.Parameter;
    }

    /// <summary>Opens a step over registered parameters; dispose it to end it. Only one may be open at a time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A schedule gives a value outside the range of its setting.</exception>
    /// <exception cref="InvalidOperationException">
    /// The optimizer belongs to a model, or a step is open, or a schedule switches a part of the rule on or off.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The optimizer is closed.</exception>
    public OptimizerStep BeginStep()
    {
        ThrowIfDisposed();
        ThrowIfForModelsOnly();
        ThrowIfAttached();
        ThrowIfStepIsOpen();
        BeginComputing();
        try
        {
            BeginNumbers();
        }
        finally
        {
            EndComputing();
        }
        ThrowIfDisposed();
        _openTicket = ++_lastTicket;
        _outcomeOfStep = null;
        return new OptimizerStep(this, _openTicket);
    }

    internal void Update<T>(long ticket, CallerParameter parameter, Span<T> weights, ReadOnlySpan<T> gradients) where T : unmanaged
    {
        ThrowIfDisposed();
        if (ticket != _openTicket)
            throw new InvalidOperationException("This step is over; open the next one with BeginStep.");
        if (parameter.LastTicket == ticket)
            throw new InvalidOperationException($"Parameter '{parameter.Parameter.Name}' was updated in this step already.");
        CheckSpans(parameter.Parameter, weights, gradients);
        if (_callerParameters.Count > 1 && Layout.ReasonForAllGradients is { } reason)
            throw new InvalidOperationException(
                $"{reason}, so it needs the {_callerParameters.Count} parameters at once: use Step with a ParameterUpdate for each.");
        ThrowIfComputing();
        fixed (T* w = weights)
        fixed (T* g = gradients)
            _outcomeOfStep = RunOn(parameter.Part, w, g);
        parameter.LastTicket = ticket;
    }

    /// <summary>Counts the step if it did anything. A ticket of another step is ignored.</summary>
    internal void EndStep(long ticket)
    {
        if (ticket != _openTicket || _disposed || _isComputing)
            return;
        _openTicket = 0;
        if (_outcomeOfStep is { } outcome)
            EndNumbers(outcome);
    }

    internal CallerParameter FindCallerParameter(string name)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(name);
        foreach (CallerParameter parameter in _callerParameters)
            if (parameter.Parameter.Name == name)
                return parameter;
        throw new ArgumentException(NearestName.Explain("parameter", name, State.ParameterNames), nameof(name));
    }

    internal CallerParameter FindCallerParameter(OptimizerParameter parameter)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(parameter);
        foreach (CallerParameter candidate in _callerParameters)
            if (ReferenceEquals(candidate.Parameter, parameter))
                return candidate;
        throw new ArgumentException($"Parameter '{parameter.Name}' is registered with another optimizer.", nameof(parameter));
    }

    internal void ThrowIfStepIsOpen()
    {
        ThrowIfComputing();
        if (_openTicket != 0)
            throw new InvalidOperationException("A step is open; dispose it first.");
    }

    private StepOutcome RunOn(StepPart part, void* weights, void* gradients)
    {
        BeginComputing();
        try
        {
            part.Start(weights, gradients);
            return RunStages([part], firstHasRun: false);
        }
        finally
        {
            part.End();
            EndComputing();
        }
    }

    /// <summary>From now on code of the caller's, a schedule or a rule, may run in the middle of a step: it must find it closed.</summary>
    private void BeginComputing() => _isComputing = true;

    /// <summary>For a model: the same until the result is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The optimizer is closed.</exception>
    internal Computation Compute()
    {
        ThrowIfDisposed();
        ThrowIfComputing();
        BeginComputing();
        return new Computation(this);
    }

    /// <summary>Releases what was to be closed meanwhile.</summary>
    private void EndComputing()
    {
        _isComputing = false;
        if (_disposed)
            Release();
    }

    private void ThrowIfComputing()
    {
        if (_isComputing)
            throw new InvalidOperationException("A step is being computed; the optimizer cannot be used by its own rule or schedules.");
    }

    private void StepOne<T>(Span<T> weights, ReadOnlySpan<T> gradients) where T : unmanaged
    {
        ThrowIfDisposed();
        ThrowIfAttached();
        ThrowIfStepIsOpen();
        if (_callerParameters.Count > 1)
            throw new InvalidOperationException(
                $"Step takes one array and {_callerParameters.Count} parameters are registered; "
                + "use BeginStep, or Step with a ParameterUpdate for each.");
        if (_callerParameters.Count == 0)
        {
            if (weights.IsEmpty)
                throw new ArgumentException("weights is empty; it must have at least one element.", nameof(weights));
            CheckLength(nameof(gradients), gradients.Length, weights.Length, "weights");
            CheckOverlap(weights, gradients);
            Register("weights", weights.Length);
        }
        using OptimizerStep step = BeginStep();
        Update(_openTicket, _callerParameters[0], weights, gradients);
    }

    private static void CheckSpans<T>(OptimizerParameter parameter, Span<T> weights, ReadOnlySpan<T> gradients)
    {
        if (weights.Length != parameter.Length || gradients.Length != parameter.Length)
        {
            string what = $"parameter '{parameter.Name}'";
            CheckLength(nameof(weights), weights.Length, parameter.Length, what);
            CheckLength(nameof(gradients), gradients.Length, parameter.Length, what);
        }
        CheckOverlap(weights, gradients);
    }

    private static void CheckOverlap<T>(Span<T> weights, ReadOnlySpan<T> gradients)
    {
        if (gradients.Overlaps(weights))
            throw new ArgumentException("gradients shares memory with weights; the two must not overlap.", nameof(gradients));
    }

    private static void CheckLength(string name, long actual, long expected, string what)
    {
        if (actual != expected)
            throw new ArgumentException($"{name} has {actual} elements, {what} has {expected}.", name);
    }

    /// <summary>A step that a model computes.</summary>
    internal readonly ref struct Computation(Optimizer optimizer)
    {
        private readonly Optimizer _optimizer = optimizer;

        public void Dispose() => _optimizer.EndComputing();
    }
}
