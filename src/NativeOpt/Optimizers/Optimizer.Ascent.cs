using NativeOpt.Optimizers;

namespace NativeOpt;

// The second gradient of a step: Sam.
public sealed partial class Optimizer
{
    /// <summary>The first half of a step of <see cref="Sam"/>; null under other rules.</summary>
    internal WeightAscent? Ascent { get; }

    /// <summary>Whether each step takes a second gradient, at weights that <see cref="Climb"/> moves to.</summary>
    internal bool TakesSecondGradient => Ascent is not null;

    /// <summary>What updates the weights: the rule itself, or the innermost of <see cref="WrapperRule"/>s.</summary>
    internal OptimizerRule BaseRule => Rule is WrapperRule wrapper ? wrapper.Innermost : Rule;

    /// <summary>
    /// In a training loop by hand under <see cref="Sam"/>: moves the model's weights along the gradients that
    /// <see cref="Model.Backward"/> has left, and clears those for a second Forward and Backward. Step goes back before it steps.
    /// <code>
    /// model.ZeroGradients();
    /// model.Forward(x);
    /// double loss = model.Backward(y);
    /// optimizer.Climb(model);
    /// model.Forward(x);
    /// model.Backward(y);
    /// optimizer.Step(model);
    /// </code>
    /// These give the same bits as a step of Fit: the second Forward has the same dropout as the first. In between the model has the
    /// moved weights; disposing the optimizer brings the others back.
    /// </summary>
    /// <param name="model">A built model; the optimizer serves no other one afterwards.</param>
    /// <exception cref="InvalidOperationException">
    /// The rule is no Sam, or there are no gradients, or the weights have been moved already, or the optimizer serves something else.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The optimizer or the model is closed.</exception>
    public void Climb(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ThrowIfDisposed();
        if (!TakesSecondGradient)
            throw new InvalidOperationException($"{Rule.Name} takes one gradient a step; Climb is for Sam.");
        model.Climb(this);
    }

    /// <summary>Moves the weights of the attached arena; its gradients are of no use afterwards.</summary>
    internal void ClimbArena()
    {
        ThrowIfDisposed();
        ThrowIfAveragesAreInModel();
        ThrowIfAway();
        // By hand the numbers of the step are not there yet.
        BeginNumbers();
        Ascent!.Climb(SchedulePosition, 1 / LossScale);
    }

    /// <summary>With the gradients at the weights that were moved to: completes them by the penalties, and goes back.</summary>
    internal void Descend()
    {
        // A sum of gradients has the penalty once, so that each of them brings a part of it; of a mean they all bring it.
        int parts = ActiveRule is { GradientAccumulationSteps: { } steps, SumAccumulatedGradients: true } ? steps : 1;
        Ascent!.AddPenalties(LossScale / parts);
        Ascent.Return();
    }

    /// <summary>Goes back without a step.</summary>
    internal void ReturnFromAscent() => Ascent?.Return();

    /// <exception cref="InvalidOperationException">The model has the weights that a climb has led to.</exception>
    internal void ThrowIfAway()
    {
        if (Ascent is { IsAway: true })
            throw new InvalidOperationException("Climb has moved the weights already; Forward, Backward and Step have to follow.");
    }

    /// <summary>A step of a climb, with the gradients that are in the arena.</summary>
    /// <param name="position">What schedules count, of the optimizer that climbs.</param>
    /// <param name="gradientScale">What its gradients are multiplied by.</param>
    internal void StepArena(long position, double gradientScale)
    {
        BeginNumbers(position, gradients: 1);
        _scales = new GradientScales(gradientScale, gradientScale);
        EndNumbers(RunStages([_arenaPart!], firstHasRun: false));
    }

    private double LossScale => ActiveRule.LossScaleFactor ?? 1;

    /// <summary>Before a step by hand.</summary>
    private void DescendToStep()
    {
        if (Ascent is null)
            return;
        if (!Ascent.IsAway)
            throw new InvalidOperationException(
                "Sam steps with a second gradient: between Backward and Step come Climb and once more Forward and Backward.");
        Descend();
    }

    private void ThrowIfForModelsOnly()
    {
        if (TakesSecondGradient)
            throw new InvalidOperationException(
                "Sam takes a second gradient of a model, by Fit or with Climb, and nobody can be asked for one of arrays of your own; "
                + $"give those the inner rule, {BaseRule.Name}.");
    }
}
