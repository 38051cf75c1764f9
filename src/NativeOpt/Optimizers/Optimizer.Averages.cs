using NativeOpt.Interop;
using NativeOpt.Optimizers;
using NativeOpt.Training;

namespace NativeOpt;

// Averages of the weights that are trained: OptimizerRule.UseEma.
public sealed partial class Optimizer
{
    /// <summary>Whether <see cref="SwapAverageWeights"/> has put the averages into the model.</summary>
    public bool HasAveragesInModel { get; private set; }

    /// <summary>A copy of the average of a parameter's weights, as the last step left it.</summary>
    /// <param name="parameter">Name of the parameter; "weights" if a step registered it.</param>
    /// <returns>The average, row-major.</returns>
    /// <exception cref="ArgumentException">There is no such parameter.</exception>
    /// <exception cref="InvalidOperationException">
    /// No average is kept (<see cref="OptimizerRule.UseEma"/>), or there was no step yet.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The optimizer is closed.</exception>
    public float[] GetAverageWeights(string parameter)
    {
        OptimizerParameter found = FindParameter(parameter);
        if (found.Average is null)
            throw NoAverages();
        if (!found.Average.HasStarted(found.Range))
            throw new InvalidOperationException($"There is no average of '{parameter}' before the first step.");
        return State.GetSlot(parameter, WeightAverage.SlotName);
    }

    /// <summary>
    /// Exchanges the weights of the model that the optimizer belongs to with their averages, to evaluate or save it with those; doing
    /// it again brings back the weights. No step is possible in between.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// No average is kept (<see cref="OptimizerRule.UseEma"/>), or there was no step yet, or the optimizer does not belong to a model.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The optimizer is closed.</exception>
    public void SwapAverageWeights()
    {
        foreach (OptimizerParameter parameter in AveragedParameters())
        {
            if (Dtype == NoptDtype.F64)
                Swap(WeightsOf<double>(parameter), AverageOf<double>(parameter));
            else
                Swap(WeightsOf<float>(parameter), AverageOf<float>(parameter));
        }
        HasAveragesInModel = !HasAveragesInModel;
    }

    /// <summary>
    /// Overwrites the weights of the model that the optimizer belongs to with their averages, as Keras' finalize_variable_values. A Fit
    /// does so at its end.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// No average is kept (<see cref="OptimizerRule.UseEma"/>), or there was no step yet, or the optimizer does not belong to a model.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The optimizer is closed.</exception>
    public void TakeAverageWeights()
    {
        // The averages that are in the model already become those of the optimizer as well.
        foreach (OptimizerParameter parameter in AveragedParameters())
        {
            if (Dtype == NoptDtype.F64)
                Copy(WeightsOf<double>(parameter), AverageOf<double>(parameter));
            else
                Copy(WeightsOf<float>(parameter), AverageOf<float>(parameter));
        }
        HasAveragesInModel = false;
    }

    /// <summary>At the end of a Fit.</summary>
    internal void FinalizeAverages()
    {
        if (HasAverages)
            TakeAverageWeights();
    }

    /// <exception cref="InvalidOperationException">No average is kept.</exception>
    internal void RequireAverages()
    {
        if (!Layout.KeepsAverages)
            throw NoAverages();
    }

    private void ThrowIfAveragesAreInModel()
    {
        if (HasAveragesInModel)
            throw new InvalidOperationException("The averages are in the model; bring back the weights with SwapAverageWeights first.");
    }

    private IEnumerable<OptimizerParameter> AveragedParameters()
    {
        ThrowIfDisposed();
        ThrowIfStepIsOpen();
        RequireAverages();
        if (_arena is null)
            throw new InvalidOperationException(
                "The optimizer does not belong to a model; GetEvaluationWeights copies the averages of the caller's arrays.");
        return HasAverages ? _parameters.Where(HasAverage) : throw new InvalidOperationException("There is no average before the first step.");
    }

    private bool HasAverages => _parameters.Exists(HasAverage);

    private static bool HasAverage(OptimizerParameter parameter) =>
        parameter.Range.IsTrained && parameter.Average?.HasStarted(parameter.Range) == true;

    private InvalidOperationException NoAverages() => new($"{Rule.Name} keeps no average of the weights; set UseEma.");

    private Span<T> WeightsOf<T>(OptimizerParameter parameter) where T : unmanaged =>
        _arena!.Parameters.AsSpan<T>().Slice((int)parameter.Range.Offset, (int)parameter.Range.Count);

    private static Span<T> AverageOf<T>(OptimizerParameter parameter) where T : unmanaged =>
        parameter.Average!.PlaceOf(parameter.Range).AsSpan<T>();

    private void Copy<T>(Span<T> weights, Span<T> average)
    {
        if (HasAveragesInModel)
            weights.CopyTo(average);
        else
            average.CopyTo(weights);
    }

    private static void Swap<T>(Span<T> weights, Span<T> average)
    {
        for (int i = 0; i < weights.Length; i++)
            (weights[i], average[i]) = (average[i], weights[i]);
    }
}
