using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// Multiplies the learning rate by a factor when a watched number has not improved for some epochs. It works together with whatever
/// the rate follows: a number, a schedule, a <see cref="LearningRateScheduler"/>. Setting <see cref="Optimizer.LearningRate"/> by hand
/// starts from that rate anew.
/// </summary>
/// <remarks>
/// Keras reduces when <see cref="Patience"/> epochs in a row were not better, PyTorch when there was one more than that. Keras counts
/// better from an absolute <see cref="MinDelta"/>, PyTorch from a share of the best value, unless <see cref="Relative"/> says otherwise.
/// The factor stays with the optimizer after the Fit. The logs of each epoch have the rate that it was trained with as "learning_rate".
/// </remarks>
public sealed class ReduceLROnPlateau : MonitoringCallback
{
    private ReduceOnPlateau _rule = new();
    private PlateauState _state;

    /// <summary>Whose rules hold; Keras' by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration.</exception>
    public Convention Convention
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(Convention), $"Convention is {value}; it must be Keras or PyTorch.");
    }

    /// <summary>What the rate is multiplied by, in (0, 1); 0.1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside (0, 1).</exception>
    public double Factor { get; init => field = (new ReduceOnPlateau { Factor = value }).Factor; } = 0.1;

    /// <summary>Epochs without improvement that are borne, not negative; 10 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Patience { get; init => field = (int)RequireSteps.NotNegative(value, nameof(Patience)); } = 10;

    /// <summary>How much better is better; finite and not negative, 1e-4 by default. PyTorch calls it threshold.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double MinDelta { get; init => field = RequireThreshold(value, nameof(MinDelta)); } = 1e-4;

    /// <summary>Whether <see cref="MinDelta"/> is a share of the best value; null (default): as the convention has it.</summary>
    public bool? Relative { get; init; }

    /// <summary>Epochs after a reduction that do not count as waiting, not negative; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Cooldown { get; init => field = (int)RequireSteps.NotNegative(value, nameof(Cooldown)); }

    /// <summary>The rate is not reduced below this; finite and not negative, 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, NaN or infinite.</exception>
    public double MinLearningRate { get; init => field = Require.NotNegative(value, nameof(MinLearningRate)); }

    /// <inheritdoc/>
    public override void OnTrainBegin()
    {
        _rule = new ReduceOnPlateau
        {
            Convention = Convention,
            Improvement = new Improvement(Direction, MinDelta, Relative ?? Convention == Convention.PyTorch),
            Factor = Factor,
            Patience = Patience,
            Cooldown = Cooldown,
            MinLearningRate = MinLearningRate,
        };
        _state = _rule.Start;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, TrainingLogs logs)
    {
        Optimizer optimizer = Model.Optimizer!;
        logs[TrainingLogs.LearningRate] = optimizer.LearningRate;
        if (Watched(logs) is not { } watched)
            return;
        // Somebody may have set the rate anew since the last epoch.
        _state = _state with { Scale = optimizer.LearningRateScale };
        _state = _rule.Next(_state, watched, optimizer.UnscaledLearningRate);
        optimizer.LearningRateScale = _state.Scale;
    }

    /// <inheritdoc/>
    public override void SaveState(CallbackState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        (state["best"], state["wait"], state["cooldown_left"], state["scale"]) =
            (_state.Best, _state.Wait, _state.CooldownLeft, _state.Scale);
    }

    /// <inheritdoc/>
    public override void LoadState(CallbackState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _state = new PlateauState(state["best"], (int)state["wait"], (int)state["cooldown_left"], state["scale"]);
    }
}
