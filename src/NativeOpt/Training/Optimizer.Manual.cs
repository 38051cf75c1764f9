namespace NativeOpt;

// The optimizer's part of a training loop by hand.
public sealed partial class Optimizer
{
    /// <summary>Updates a model's parameters with the gradients that <see cref="Model.Backward"/> has left.</summary>
    /// <param name="model">A built model; the optimizer serves no other one afterwards.</param>
    /// <exception cref="InvalidOperationException">
    /// The model has no parameters yet, or the optimizer serves something else, or its rule is <see cref="Sam"/> and <see cref="Climb"/>
    /// with a second Forward and Backward are missing.
    /// </exception>
    public void Step(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.ApplyGradients(this);
    }
}
