using System.Runtime.InteropServices;
using NativeOpt.Interop;

namespace NativeOpt.Backends;

/// <summary>
/// A list of operations that is built once and run many times: one training step is one <see cref="Run"/>. The structs live in
/// native memory and may be patched between runs through the pointers <see cref="Add{TArgs}"/> returned. The plan keeps every
/// buffer it uses alive until it is released itself, so closing a model in the middle of a run is safe. Calls of C# code divide
/// the list: the operations before, between and after them are one run of the backend each.
/// </summary>
internal sealed unsafe class StepPlan : SafeHandle
{
    private const int FirstCapacity = 64;

    private readonly List<nint> _args = [];
    private readonly List<SafeHandle> _held = [];
    private readonly List<(int Before, Action Call)> _calls = [];
    private int _count;
    private int _capacity = FirstCapacity;

    /// <summary>An empty plan.</summary>
    public StepPlan() : base(0, ownsHandle: true) =>
        SetHandle((nint)NativeMemory.AllocZeroed(FirstCapacity, (nuint)sizeof(NoptOp)));

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Number of operations.</summary>
    public int Count => _count;

    /// <summary>Keeps <paramref name="buffer"/> alive as long as the plan and returns its address.</summary>
    public void* Use(AlignedBuffer buffer)
    {
        bool added = false;
        buffer.DangerousAddRef(ref added);
        _held.Add(buffer);
        return buffer.Pointer;
    }

    /// <summary>Appends an operation.</summary>
    /// <returns>The plan's own copy of <paramref name="args"/>, valid as long as the plan; struct_size must be set.</returns>
    public TArgs* Add<TArgs>(NoptOpKind kind, in TArgs args) where TArgs : unmanaged
    {
        if (_count == _capacity)
            Grow();
        var copy = (TArgs*)Allocate(sizeof(TArgs));
        *copy = args;
        ((NoptOp*)handle)[_count++] = new NoptOp { StructSize = (uint)sizeof(NoptOp), Kind = (int)kind, Args = copy };
        return copy;
    }

    /// <summary>Appends code that runs behind the operations so far and before those to come.</summary>
    public void AddCall(Action call) => _calls.Add((_count, call));

    /// <summary>Zeroed memory that lives as long as the plan, for segments, scalars and results.</summary>
    public void* Allocate(int byteCount)
    {
        void* memory = NativeMemory.AllocZeroed((nuint)byteCount);
        _args.Add((nint)memory);
        return memory;
    }

    /// <summary>Runs the operations in order on <paramref name="backend"/>.</summary>
    public void Run(IBackend backend)
    {
        bool added = false;
        DangerousAddRef(ref added);
        try
        {
            int first = 0;
            foreach ((int before, Action call) in _calls)
            {
                RunPart(backend, first, before);
                call();
                first = before;
            }
            RunPart(backend, first, _count);
        }
        finally
        {
            DangerousRelease();
        }
    }

    /// <summary>Nobody but this class knows where the list is; the arguments stay where they are.</summary>
    private void Grow()
    {
        _capacity *= 2;
        SetHandle((nint)NativeMemory.Realloc((void*)handle, (nuint)(_capacity * sizeof(NoptOp))));
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        foreach (nint memory in _args)
            NativeMemory.Free((void*)memory);
        foreach (SafeHandle buffer in _held)
            buffer.DangerousRelease();
        NativeMemory.Free((void*)handle);
        return true;
    }

    private void RunPart(IBackend backend, int first, int end)
    {
        if (first < end)
            backend.Run((NoptOp*)handle + first, end - first);
    }
}
