using NativeOpt.Files;
using NativeOpt.Optimizers;

namespace NativeOpt;

// What a checkpoint has of an optimizer besides the slots.
public sealed partial class Optimizer
{
    /// <summary>Everything that has been counted and computed.</summary>
    internal OptimizerCounts GetCounts() => new()
    {
        Steps = StepCount,
        Accumulation = (MicroStepCount, PendingGradients),
        Skipped = (SkippedSteps, _skippedInARow),
        LearningRate = LearningRateSchedule is null ? UnscaledLearningRate : null,
        LearningRateScale = LearningRateScale,
        HasAveragesInModel = HasAveragesInModel,
        Scalars = [.. State.Scalars],
        Numbers =
        [
            .. _parameters.Where(parameter => parameter.Block.NumberNames.Count > 0).Select(parameter => (parameter.Name, NumbersOf(parameter))),
        ],
    };

    /// <summary>Refuses counts of another rule.</summary>
    /// <exception cref="ArgumentException">It has a number that this one does not have.</exception>
    internal void Check(OptimizerCounts counts)
    {
        ThrowIfDisposed();
        ThrowIfStepIsOpen();
        foreach ((string name, _) in counts.Scalars)
            if (!State.Scalars.ContainsKey(name))
                throw new ArgumentException($"the optimizer {Rule.Name} has no number '{name}'");
        foreach ((string parameter, KeyValuePair<string, double>[] numbers) in counts.Numbers)
            foreach ((string name, _) in numbers)
                _ = State.GetNumber(parameter, name);
        if (counts.HasAveragesInModel)
            RequireAverages();
        Require.NotNegative(counts.LearningRateScale, nameof(LearningRateScale));
        Require.NotNegative(counts.LearningRate ?? 0, nameof(LearningRate));
    }

    /// <summary>Takes over counts that have been checked.</summary>
    internal void SetCounts(OptimizerCounts counts)
    {
        RestoreStepCount(counts.Steps);
        RestoreAccumulation(counts.Accumulation.Pending, counts.Accumulation.Steps);
        (SkippedSteps, _skippedInARow) = counts.Skipped;
        if (counts.LearningRate is { } rate && LearningRateSchedule is null)
            SetUnscaledLearningRate(rate);
        LearningRateScale = counts.LearningRateScale;
        HasAveragesInModel = counts.HasAveragesInModel;
        foreach ((string name, double value) in counts.Scalars)
            State.Scalars[name] = value;
        foreach ((string parameter, KeyValuePair<string, double>[] numbers) in counts.Numbers)
            foreach ((string name, double value) in numbers)
                State.SetNumber(parameter, name, value);
    }

    private static KeyValuePair<string, double>[] NumbersOf(OptimizerParameter parameter)
    {
        Span<double> values = parameter.Block.NumbersOf(parameter.Range);
        var numbers = new KeyValuePair<string, double>[values.Length];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = new(parameter.Block.NumberNames[i], values[i]);
        return numbers;
    }
}
