using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Optimizers;

/// <summary>
/// A second set of the weights of a block that follows them, and from time to time takes their place. The operations are for plans of the
/// optimizer's own, because numbers are patched in their arguments.
/// </summary>
/// <param name="rows">The parameters.</param>
/// <param name="form">How it follows.</param>
internal abstract unsafe class KeptWeights(StepRows rows, NoptAverageForm form) : IDisposable
{
    private readonly AlignedBuffer _kept = AlignedBuffer.Allocate(checked(rows.Length * ParameterArena.ElementSize(rows.Dtype)));
    private readonly bool[] _hasStarted = new bool[rows.Ranges.Count];
    private readonly List<(nint Args, int Parameter)> _updates = [];
    private readonly List<nint> _overwrites = [];

    /// <summary>What a step keeps of it, once it has started: 1 is all of it, and nothing is done.</summary>
    protected abstract double Keep { get; }

    /// <summary>Whether it then takes the place of the weights.</summary>
    protected abstract bool IsOverwriting { get; }

    private int ElementSize => ParameterArena.ElementSize(rows.Dtype);

    /// <summary>The part of it that belongs to a parameter.</summary>
    public SlotPlace PlaceOf(ParameterRange parameter) => new(_kept, parameter.Offset - rows.First, parameter.Count);

    /// <summary>Whether there is anything of a parameter yet: a step was made, or the state was set.</summary>
    public bool HasStarted(ParameterRange parameter) => _hasStarted[IndexOf(parameter)];

    /// <summary>From now on that of a parameter goes on from what it is.</summary>
    public void Start(ParameterRange parameter) => _hasStarted[IndexOf(parameter)] = true;

    /// <summary>The same for all that a step has touched.</summary>
    public void StartAll()
    {
        foreach ((_, int parameter) in _updates)
            _hasStarted[parameter] = true;
    }

    /// <summary>Appends the operations to a plan, for the parameters that are trained at the time.</summary>
    public void AddTo(StepPlan plan, ArrayPlaces places)
    {
        plan.Use(_kept);
        for (int i = 0; i < rows.Ranges.Count; i++)
        {
            ParameterRange range = rows.Ranges[i];
            if (!range.IsTrained)
                continue;
            NoptMatrix weights = range.ToMatrix(null, rows.Dtype);
            NoptMatrix kept = weights with { Data = (byte*)_kept.Pointer + (range.Offset - rows.First) * ElementSize };
            NoptAverageArgs* update = Add(plan, weights, kept);
            places.FollowWeights(plan, &update->W.Data, range.Offset * ElementSize);
            _updates.Add(((nint)update, i));
            NoptAverageArgs* overwrite = Add(plan, kept, weights);
            places.FollowWeights(plan, &overwrite->A.Data, range.Offset * ElementSize);
            _overwrites.Add((nint)overwrite);
        }
        // The plan may be made at its first run, after the numbers of the step are known.
        WriteNumbers();
    }

    /// <summary>The plans are gone.</summary>
    public void Forget()
    {
        _updates.Clear();
        _overwrites.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _kept.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes the numbers of the next step where the operations read them.</summary>
    protected void WriteNumbers()
    {
        foreach ((nint update, int parameter) in _updates)
            ((NoptAverageArgs*)update)->Keep = _hasStarted[parameter] ? Keep : KeepAtFirst;
        foreach (nint overwrite in _overwrites)
            ((NoptAverageArgs*)overwrite)->Keep = IsOverwriting ? 0 : 1;
    }

    /// <summary>What the first step keeps: 0 makes it a copy of the weights that the step leaves.</summary>
    protected virtual double KeepAtFirst => 0;

    /// <summary>Makes that of all parameters that are trained and have not started a copy of the weights.</summary>
    /// <param name="weights">The piece of memory from offset 0 of its parameters.</param>
    protected void CopyFrom(void* weights)
    {
        for (int i = 0; i < rows.Ranges.Count; i++)
        {
            ParameterRange range = rows.Ranges[i];
            if (_hasStarted[i] || !range.IsTrained)
                continue;
            long bytes = range.Count * ElementSize;
            Buffer.MemoryCopy(
                (byte*)weights + range.Offset * ElementSize, (byte*)_kept.Pointer + (range.Offset - rows.First) * ElementSize, bytes, bytes);
        }
    }

    private int IndexOf(ParameterRange parameter)
    {
        for (int i = 0; i < rows.Ranges.Count; i++)
            if (rows.Ranges[i].Offset == parameter.Offset)
                return i;
        throw new ArgumentException($"'{parameter.Name}' is not one of the parameters.", nameof(parameter));
    }

    private NoptAverageArgs* Add(StepPlan plan, NoptMatrix w, NoptMatrix a) => plan.Add(NoptOpKind.Average, new NoptAverageArgs
    {
        StructSize = (uint)sizeof(NoptAverageArgs),
        Form = (int)form,
        W = w,
        A = a,
    });
}
