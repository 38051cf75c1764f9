namespace NativeOpt.Training;

/// <summary>
/// Lets one thread at a time into a model, or several that only read it, and closes it when the last one has left: closing in the middle
/// of a run neither waits nor takes memory away from it. The thread that is inside may enter again (callbacks of Fit do), except in the
/// middle of a step.
/// </summary>
internal sealed class OperationGate(object owner, Action release)
{
    private const int Free = 0;
    private const int Released = -1;
    private const int Readers = -2;

    private readonly Lock _readerLock = new();
    private int _readerCount;
    private int _thread;
    private int _depth;
    private bool _inStep;
    private volatile bool _closed;

    /// <summary>Enters; dispose the result to leave.</summary>
    /// <exception cref="ObjectDisposedException">The owner is closed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is inside, or this one is in the middle of a step.</exception>
    public Scope Enter()
    {
        ThrowIfClosed();
        int current = Environment.CurrentManagedThreadId;
        if (Volatile.Read(ref _thread) != current)
        {
            Take(current);
        }
        else if (_inStep)
        {
            throw new InvalidOperationException(
                $"the {owner.GetType().Name} is loading a batch or computing a step; "
                + "it cannot be called from code of yours that this runs: Dataset.Gather, a schedule, rule, layer, activation or loss");
        }
        _depth++;
        return new Scope(this);
    }

    /// <summary>Enters to read, together with other threads that do so; dispose the result to leave.</summary>
    /// <exception cref="ObjectDisposedException">The owner is closed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is inside to write, or this one is in the middle of a step.</exception>
    public ReaderScope EnterToRead()
    {
        if (Volatile.Read(ref _thread) == Environment.CurrentManagedThreadId)
        {
            Enter();
            return new ReaderScope(this, isReader: false);
        }
        lock (_readerLock)
        {
            ThrowIfClosed();
            if (_readerCount == 0)
                Take(Readers);
            _readerCount++;
        }
        return new ReaderScope(this, isReader: true);
    }

    /// <summary>
    /// For the thread inside: refuses every entry until the result is disposed. A step lends its memory to code of the caller's
    /// (data sets, schedules), which must not replace that memory meanwhile.
    /// </summary>
    public Step BeginStep()
    {
        _inStep = true;
        return new Step(this);
    }

    /// <summary>For long runs: stops them after the owner was closed.</summary>
    /// <exception cref="ObjectDisposedException">The owner is closed.</exception>
    public void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_closed, owner);

    /// <summary>Lets nobody in any more and releases at once or when the thread inside leaves.</summary>
    public void Close()
    {
        _closed = true;
        ReleaseIfFree();
    }

    private void Take(int visitor)
    {
        int previous = Interlocked.CompareExchange(ref _thread, visitor, Free);
        ObjectDisposedException.ThrowIf(previous == Released, owner);
        if (previous != Free)
            throw new InvalidOperationException(
                $"the {owner.GetType().Name} is in use by another thread; it serves one thread at a time");
    }

    private void Leave()
    {
        if (--_depth == 0)
            SetFree();
    }

    private void LeaveReader()
    {
        lock (_readerLock)
        {
            if (--_readerCount == 0)
                SetFree();
        }
    }

    private void SetFree()
    {
        Volatile.Write(ref _thread, Free);
        // A full fence: either this thread sees that the owner was closed, or the closing thread sees that it is free.
        Interlocked.MemoryBarrier();
        if (_closed)
            ReleaseIfFree();
    }

    private void ReleaseIfFree()
    {
        if (Interlocked.CompareExchange(ref _thread, Released, Free) == Free)
            release();
    }

    /// <summary>The stay of a thread.</summary>
    public readonly ref struct Scope(OperationGate gate)
    {
        private readonly OperationGate _gate = gate;

        public void Dispose() => _gate.Leave();
    }

    /// <summary>The stay of a thread that reads.</summary>
    public readonly ref struct ReaderScope(OperationGate gate, bool isReader)
    {
        private readonly OperationGate _gate = gate;
        private readonly bool _isReader = isReader;

        public void Dispose()
        {
            if (_isReader)
                _gate.LeaveReader();
            else
                _gate.Leave();
        }
    }

    /// <summary>A step of the thread inside.</summary>
    public readonly ref struct Step(OperationGate gate)
    {
        private readonly OperationGate _gate = gate;

        public void Dispose() => _gate._inStep = false;
    }
}
