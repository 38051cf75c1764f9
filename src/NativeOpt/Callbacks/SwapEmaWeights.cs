namespace NativeOpt;

/// <summary>
/// Validates with the averaged weights of an optimizer that keeps them (<see cref="OptimizerRule.UseEma"/>): before the validation of an
/// epoch the model's weights and the averages change places, and afterwards back, as Keras' SwapEMAWeights does.
/// </summary>
/// <remarks>
/// With swapOnEpoch the averages are also in the model while the callbacks behind this one see the end of an epoch (to save the weights,
/// for example), until the next epoch begins. The end of a Fit leaves the averages in the model, as always with UseEma.
/// </remarks>
/// <param name="swapOnEpoch">Whether averages and weights also change places between epochs; false by default.</param>
public sealed class SwapEmaWeights(bool swapOnEpoch = false) : Callback
{
    private Optimizer Optimizer => Model.Optimizer!;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The optimizer keeps no averages.</exception>
    public override void OnTrainBegin()
    {
        Optimizer.RequireAverages();
        // Left over from a Fit that ended in the middle.
        Take(averages: false);
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch) => Take(averages: false);

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, TrainingLogs logs)
    {
        if (swapOnEpoch)
            Take(averages: true);
    }

    /// <inheritdoc/>
    public override void OnTestBegin() => Take(averages: true);

    /// <inheritdoc/>
    public override void OnTestEnd(TrainingLogs logs) => Take(averages: false);

    private void Take(bool averages)
    {
        if (Optimizer.HasAveragesInModel != averages)
            Optimizer.SwapAverageWeights();
    }
}
