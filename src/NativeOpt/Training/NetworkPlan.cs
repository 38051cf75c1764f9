using NativeOpt.Backends;
using NativeOpt.Interop;

namespace NativeOpt.Training;

/// <summary>
/// A plan over batch buffers that were allocated for the largest batch: the row counts of its matrices are patched when a batch
/// has another size. Built once, run many times.
/// </summary>
internal sealed unsafe class NetworkPlan : IDisposable
{
    private readonly StepPlan _plan = new();
    private readonly ParameterArena _arena;
    private readonly List<nint> _rowCounts = [];
    private readonly List<nint> _means = [];
    private readonly List<Action<long>> _preparations = [];
    private readonly List<(nint Value, bool IsMean)> _penalties = [];
    private int _rows;

    /// <summary>An empty plan over the parameters of <paramref name="arena"/>.</summary>
    public NetworkPlan(ParameterArena arena)
    {
        _arena = arena;
        LossSum = (double*)_plan.Allocate(sizeof(double));
        CorrectCount = (long*)_plan.Allocate(sizeof(long));
    }

    /// <summary>Rows of the batch of this run, or of the last one.</summary>
    public int Rows => _rows;

    /// <summary>Where the loss operation leaves its sum over rows.</summary>
    public double* LossSum { get; }

    /// <summary>Where the loss operation leaves the number of right answers.</summary>
    public long* CorrectCount { get; }

    /// <summary>The sum of the penalties that the last run has left.</summary>
    public double Penalty
    {
        get
        {
            double sum = 0;
            foreach ((nint value, bool isMean) in _penalties)
                sum += *(double*)value / (isMean ? _rows : 1);
            return sum;
        }
    }

    /// <summary>What the random numbers of layers depend on, together with a stream of their own.</summary>
    public ulong Seed { get; init; }

    /// <summary>The outputs of the model; as many rows as its memory has.</summary>
    public NoptMatrix Output { get; set; }

    /// <summary>The list of operations, for an optimizer to append to.</summary>
    public StepPlan Steps => _plan;

    /// <summary>Appends an operation.</summary>
    public TArgs* Add<TArgs>(NoptOpKind kind, in TArgs args) where TArgs : unmanaged => _plan.Add(kind, args);

    /// <summary>
    /// Appends C# code that runs between the operations before and after it. It gets the number of rows of the batch.
    /// </summary>
    public void AddCall(Action<int> call) => _plan.AddCall(() => call(_rows));

    /// <summary>
    /// Lets code write arguments that change from run to run, before every run. It gets the number of the training forward that
    /// runs or that backward belongs to, from 0; it must not allocate.
    /// </summary>
    public void BeforeRun(Action<long> prepare) => _preparations.Add(prepare);

    /// <summary>Lets the row count of a matrix follow the batch.</summary>
    public void FollowRows(NoptMatrix* matrix)
    {
        if (matrix->Data is not null)
            _rowCounts.Add((nint)(&matrix->Rows));
    }

    /// <summary>
    /// The arguments of the loss, whose gradient_scale and sample_weights are set before every run; null in a plan without one.
    /// </summary>
    public NoptLossArgs* LossArgs { get; set; }

    /// <summary>Lets a factor be 1 / rows, for the mean over the batch.</summary>
    public void FollowMean(double* factor) => _means.Add((nint)factor);

    /// <summary>A place for a penalty, which is then a part of <see cref="Penalty"/>; a mean is divided by the rows of the batch.</summary>
    public double* AddPenalty(bool isMean)
    {
        var value = (double*)_plan.Allocate(sizeof(double));
        _penalties.Add(((nint)value, isMean));
        return value;
    }

    /// <summary>Memory for arguments of an operation that runs in C#; it lives as long as the plan.</summary>
    public TArgs* Keep<TArgs>(in TArgs args) where TArgs : unmanaged
    {
        var copy = (TArgs*)_plan.Allocate(sizeof(TArgs));
        *copy = args;
        return copy;
    }

    /// <summary>A batch buffer as a matrix; the plan keeps it alive.</summary>
    public NoptMatrix Matrix(AlignedBuffer buffer, int columns, NoptDtype dtype) =>
        new() { Data = _plan.Use(buffer), Columns = columns, Stride = columns, Dtype = (int)dtype };

    /// <summary>Keeps a batch buffer alive that arguments point to only at times.</summary>
    public void Use(AlignedBuffer buffer) => _plan.Use(buffer);

    /// <summary>A parameter; absent for null.</summary>
    public NoptMatrix Parameter(ParameterRange? range) => Range(_arena.Parameters, range);

    /// <summary>The gradient of a parameter; absent for null and for one that is not trained.</summary>
    public NoptMatrix Gradient(ParameterRange? range) => range is { IsTrained: true } ? Range(_arena.Gradients, range) : default;

    /// <summary>Runs the plan over the first <paramref name="rows"/> rows of the batch buffers.</summary>
    /// <param name="backend">What computes.</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="pass">Number of the training forward, from 0.</param>
    public void Run(IBackend backend, int rows, long pass = 0)
    {
        if (rows != _rows)
            SetRows(rows);
        foreach (Action<long> prepare in _preparations)
            prepare(pass);
        _plan.Run(backend);
    }

    /// <inheritdoc/>
    public void Dispose() => _plan.Dispose();

    private void SetRows(int rows)
    {
        foreach (nint rowCount in _rowCounts)
            *(long*)rowCount = rows;
        foreach (nint factor in _means)
            *(double*)factor = 1.0 / rows;
        _rows = rows;
    }

    private NoptMatrix Range(AlignedBuffer block, ParameterRange? range)
    {
        if (range is null)
            return default;
        byte* data = (byte*)_plan.Use(block) + range.Offset * ParameterArena.ElementSize(_arena.Dtype);
        return range.ToMatrix(data, _arena.Dtype);
    }
}
