using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Optimizers;

/// <summary>
/// The exponential average of the weights of a block (<see cref="OptimizerRule.UseEma"/>). The operations are for plans of the
/// optimizer's own, because numbers are patched in their arguments.
/// </summary>
internal sealed unsafe class WeightAverage : IDisposable
{
    private readonly StepRows _rows;
    private readonly AlignedBuffer _average;
    private readonly bool[] _hasStarted;
    private readonly List<(nint Args, int Parameter)> _updates = [];
    private readonly List<nint> _overwrites = [];
    private double _momentum;
    private bool _isOverwriting;

    /// <summary>Averages of zeros, which become the weights after the first step.</summary>
    public WeightAverage(StepRows rows)
    {
        _rows = rows;
        _average = AlignedBuffer.Allocate(checked(rows.Length * ElementSize));
        _hasStarted = new bool[rows.Ranges.Count];
    }

    /// <summary>What the average of a parameter is called among its slots.</summary>
    public const string SlotName = "average";

    private int ElementSize => ParameterArena.ElementSize(_rows.Dtype);

    /// <summary>The average of a parameter.</summary>
    public SlotPlace PlaceOf(ParameterRange parameter) => new(_average, parameter.Offset - _rows.First, parameter.Count);

    /// <summary>Whether there is an average of a parameter yet: a step was made, or the state was set.</summary>
    public bool HasStarted(ParameterRange parameter) => _hasStarted[IndexOf(parameter)];

    /// <summary>From now on the average of a parameter goes on from what it is.</summary>
    public void Start(ParameterRange parameter) => _hasStarted[IndexOf(parameter)] = true;

    /// <summary>The same for all that a step has averaged.</summary>
    public void StartAll()
    {
        foreach ((_, int parameter) in _updates)
            _hasStarted[parameter] = true;
    }

    /// <summary>Appends the operations to a plan, for the parameters that are trained at the time.</summary>
    public void AddTo(StepPlan plan, ArrayPlaces places)
    {
        plan.Use(_average);
        for (int i = 0; i < _rows.Ranges.Count; i++)
        {
            ParameterRange range = _rows.Ranges[i];
            if (!range.IsTrained)
                continue;
            NoptMatrix weights = range.ToMatrix(null, _rows.Dtype);
            NoptMatrix average = weights with { Data = (byte*)_average.Pointer + (range.Offset - _rows.First) * ElementSize };
            NoptAverageArgs* update = Add(plan, weights, average);
            places.FollowWeights(plan, &update->W.Data, range.Offset * ElementSize);
            _updates.Add(((nint)update, i));
            NoptAverageArgs* overwrite = Add(plan, average, weights);
            places.FollowWeights(plan, &overwrite->A.Data, range.Offset * ElementSize);
            _overwrites.Add((nint)overwrite);
        }
        // The plan may be made at its first run, after the numbers of the step are known.
        WriteNumbers();
    }

    /// <summary>Sets the numbers of the next step.</summary>
    /// <param name="step">Number of the step, from 1.</param>
    /// <param name="rule">The settings.</param>
    public void Prepare(long step, OptimizerRule rule)
    {
        (_momentum, _isOverwriting) = (rule.EmaMomentum, rule.EmaOverwriteFrequency is { } frequency && step % frequency == 0);
        WriteNumbers();
    }

    /// <summary>The plans are gone.</summary>
    public void Forget()
    {
        _updates.Clear();
        _overwrites.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _average.Dispose();

    private void WriteNumbers()
    {
        // Kept 0: a copy; kept 1: nothing is done.
        foreach ((nint update, int parameter) in _updates)
            ((NoptAverageArgs*)update)->Keep = _hasStarted[parameter] ? _momentum : 0;
        foreach (nint overwrite in _overwrites)
            ((NoptAverageArgs*)overwrite)->Keep = _isOverwriting ? 0 : 1;
    }

    private int IndexOf(ParameterRange parameter)
    {
        for (int i = 0; i < _rows.Ranges.Count; i++)
            if (_rows.Ranges[i].Offset == parameter.Offset)
                return i;
        throw new ArgumentException($"'{parameter.Name}' is not one of the parameters.", nameof(parameter));
    }

    private static NoptAverageArgs* Add(StepPlan plan, NoptMatrix w, NoptMatrix a) => plan.Add(NoptOpKind.Average, new NoptAverageArgs
    {
        StructSize = (uint)sizeof(NoptAverageArgs),
        Form = (int)NoptAverageForm.Weighted,
        W = w,
        A = a,
    });
}
