using NativeOpt.Interop;

namespace NativeOpt.Optimizers;

/// <summary>
/// The exponential average of the weights of a block (<see cref="OptimizerRule.UseEma"/>): zeros, which become the weights after the first
/// step.
/// </summary>
internal sealed class WeightAverage(StepRows rows) : KeptWeights(rows, NoptAverageForm.Weighted)
{
    /// <summary>What the average of a parameter is called among its slots.</summary>
    public const string SlotName = "average";

    private double _momentum;
    private bool _isOverwriting;

    protected override double Keep => _momentum;

    protected override bool IsOverwriting => _isOverwriting;

    /// <summary>Sets the numbers of the next step.</summary>
    /// <param name="step">Number of the step, from 1.</param>
    /// <param name="rule">The settings.</param>
    public void Prepare(long step, OptimizerRule rule)
    {
        (_momentum, _isOverwriting) = (rule.EmaMomentum, rule.EmaOverwriteFrequency is { } frequency && step % frequency == 0);
        WriteNumbers();
    }
}
