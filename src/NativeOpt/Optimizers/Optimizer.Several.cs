using System.Buffers;
using NativeOpt.Optimizers;

namespace NativeOpt;

// Steps on several of the caller's arrays at once, for rules and options that look at all gradients before anything is updated.
public sealed unsafe partial class Optimizer
{
    private readonly List<PinnedUpdate> _pinned = [];
    private StepPart[] _pinnedParts = [];

    /// <summary>
    /// One step over several parameters at once, which <see cref="Register"/> has made known. One that is left out keeps its weights and
    /// slots.
    /// </summary>
    /// <remarks>
    /// It does what <see cref="BeginStep"/> with an update of each does, and serves every rule and option: also those that need the
    /// gradients of all parameters before they update one. The arrays are pinned while the step runs, not copied.
    /// </remarks>
    /// <param name="updates">Parameters with weights and gradients, at least one, each parameter once.</param>
    /// <exception cref="ArgumentException">
    /// There is none, or a name is unknown or there twice, or a length does not fit, or weights and gradients of a parameter overlap.
    /// Nothing has been changed.
    /// </exception>
    /// <exception cref="InvalidOperationException">The optimizer belongs to a model, or a step is open.</exception>
    /// <exception cref="NotFiniteNumberException">
    /// A gradient is infinite or NaN, and <see cref="OptimizerRule.NonFinite"/> does not let that pass.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The optimizer is closed.</exception>
    public void Step(params ReadOnlySpan<ParameterUpdate> updates)
    {
        BeginSeveral(updates.Length);
        try
        {
            foreach (ref readonly ParameterUpdate update in updates)
                Pin(update.Name, update.Weights, update.Gradients);
            RunPinned();
        }
        finally
        {
            Unpin();
            EndComputing();
        }
    }

    /// <summary>The same in double precision, for an optimizer made for it.</summary>
    internal void StepDouble(params ReadOnlySpan<(string Name, Memory<double> Weights, Memory<double> Gradients)> updates)
    {
        BeginSeveral(updates.Length);
        try
        {
            foreach ((string name, Memory<double> weights, Memory<double> gradients) in updates)
                Pin<double>(name, weights, gradients);
            RunPinned();
        }
        finally
        {
            Unpin();
            EndComputing();
        }
    }

    private void BeginSeveral(int updates)
    {
        ThrowIfDisposed();
        ThrowIfAttached();
        ThrowIfStepIsOpen();
        if (updates == 0)
            throw new ArgumentException("updates is empty; a step needs at least one.", nameof(updates));
        _lastTicket++;
        BeginComputing();
    }

    private void Pin<T>(string name, Memory<T> weights, ReadOnlyMemory<T> gradients) where T : unmanaged
    {
        CallerParameter parameter = FindCallerParameter(name);
        if (parameter.LastTicket == _lastTicket)
            throw new ArgumentException($"Parameter '{name}' is in the updates twice.", nameof(name));
        CheckSpans(parameter.Parameter, weights.Span, gradients.Span);
        parameter.LastTicket = _lastTicket;
        _pinned.Add(new PinnedUpdate(parameter.Part, weights.Pin(), gradients.Pin()));
    }

    private void RunPinned()
    {
        BeginNumbers();
        if (_pinnedParts.Length < _pinned.Count)
            _pinnedParts = new StepPart[_pinned.Count];
        for (int i = 0; i < _pinned.Count; i++)
        {
            _pinnedParts[i] = _pinned[i].Part;
            _pinned[i].Start();
        }
        EndNumbers(RunStages(_pinnedParts.AsSpan(0, _pinned.Count), firstHasRun: false));
    }

    private void Unpin()
    {
        foreach (PinnedUpdate update in _pinned)
            update.End();
        _pinned.Clear();
    }

    private readonly record struct PinnedUpdate(StepPart Part, MemoryHandle Weights, MemoryHandle Gradients)
    {
        public void Start() => Part.Start(Weights.Pointer, Gradients.Pointer);

        public void End()
        {
            Part.End();
            Weights.Dispose();
            Gradients.Dispose();
        }
    }
}
