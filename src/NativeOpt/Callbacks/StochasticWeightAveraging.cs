using NativeOpt.Training;

namespace NativeOpt;

/// <summary>
/// Stochastic weight averaging (Izmailov et al. 2018, https://arxiv.org/abs/1803.05407): from an epoch on, the mean of the weights at the
/// ends of epochs is kept, and written into the model at the end of the Fit. Statistics of batch normalization are then computed anew
/// from the training data. Arithmetic and learning rate are those of PyTorch's swa_utils.
/// </summary>
/// <remarks>
/// With the n-th weights w, from n = 0: <c>a = a + (w - a)/(n + 1)</c>. A Fit that ends with an exception leaves the last weights in the
/// model. The object can be used for one Fit after the other; each begins a new mean.
/// </remarks>
public sealed class StochasticWeightAveraging : Callback
{
    private readonly int _annealEpochs;
    private readonly AnnealStrategy _annealStrategy;
    private readonly double? _learningRate;
    private readonly bool _refreshesStatistics;
    private SwaLR? _schedule;
    private WeightMean? _mean;

    /// <summary>A mean of the weights from an epoch on.</summary>
    /// <param name="startEpoch">The first epoch whose weights count, from 0.</param>
    /// <param name="frequency">Every so many epochs from there on; 1 by default.</param>
    /// <param name="learningRate">What the learning rate goes to from the first epoch on (<see cref="SwaLR"/>); null: it is left alone.</param>
    /// <param name="annealEpochs">How many epochs it takes to get there; 10 by default, 0: at once.</param>
    /// <param name="annealStrategy">Along half a cosine, or a straight line.</param>
    /// <param name="refreshesStatistics">
    /// Whether the moving statistics of batch normalization are computed anew for the mean weights; true by default.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public StochasticWeightAveraging(
        int startEpoch, int frequency = 1, double? learningRate = null, int annealEpochs = 10,
        AnnealStrategy annealStrategy = AnnealStrategy.Cos, bool refreshesStatistics = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(startEpoch);
        ArgumentOutOfRangeException.ThrowIfLessThan(frequency, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(annealEpochs);
        (StartEpoch, Frequency, _annealEpochs, _annealStrategy) = (startEpoch, frequency, annealEpochs, annealStrategy);
        _learningRate = learningRate is { } rate ? Require.NotNegative(rate, nameof(learningRate)) : null;
        _refreshesStatistics = refreshesStatistics;
    }

    /// <summary>The first epoch whose weights count, from 0.</summary>
    public int StartEpoch { get; }

    /// <summary>Every so many epochs from there on.</summary>
    public int Frequency { get; }

    /// <summary>How many weights the mean is of so far; 0 before the first.</summary>
    public int Count => _mean?.Count ?? 0;

    /// <inheritdoc/>
    public override void OnTrainBegin()
    {
        _schedule = null;
        ReleaseMean();
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch)
    {
        if (epoch < StartEpoch || _learningRate is not { } rate || Model.Optimizer is not { } optimizer)
            return;
        _schedule ??= ScheduleFrom(optimizer.LearningRate, rate);
        optimizer.LearningRate = _schedule.ValueAt(epoch - StartEpoch);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, TrainingLogs logs)
    {
        if (epoch < StartEpoch || (epoch - StartEpoch) % Frequency != 0)
            return;
        Model.AddWeightsTo(_mean ??= Model.CreateWeightMean());
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(TrainingLogs logs)
    {
        if (_mean is null)
            return;
        Model.TakeWeightsFrom(_mean);
        ReleaseMean();
        if (_refreshesStatistics)
            Model.RefreshStatistics(Settings.Train, Settings.BatchSize);
    }

    /// <inheritdoc/>
    public override void SaveState(CallbackState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (_schedule is not null)
            state["first_rate"] = _schedule.InitialLearningRate;
        if (_mean is null)
            return;
        state["count"] = _mean.Count;
        state.SetBlock("mean", _mean.ToBytes());
    }

    /// <inheritdoc/>
    public override void LoadState(CallbackState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Find("first_rate") is { } first && _learningRate is { } rate)
            _schedule = ScheduleFrom(first, rate);
        if (state.FindBlock("mean") is { } mean)
            (_mean ??= Model.CreateWeightMean()).Restore(mean, (int)state["count"]);
    }

    private SwaLR ScheduleFrom(double first, double rate) => new(first, rate, _annealEpochs) { AnnealStrategy = _annealStrategy };

    private void ReleaseMean()
    {
        _mean?.Dispose();
        _mean = null;
    }
}
