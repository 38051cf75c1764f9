namespace NativeOpt;

/// <summary>
/// One step over several registered parameters, opened by <see cref="Optimizer.BeginStep"/>. All updates of a step use the same
/// step number and learning rate.
/// </summary>
/// <remarks>
/// A parameter may be updated once in a step; one that is left out keeps its weights and slots. Disposing ends the step: the
/// optimizer's count advances by one if at least one parameter was updated, and stays where it is otherwise.
/// </remarks>
public readonly ref struct OptimizerStep
{
    private readonly Optimizer? _optimizer;
    private readonly long _ticket;

    internal OptimizerStep(Optimizer optimizer, long ticket) => (_optimizer, _ticket) = (optimizer, ticket);

    private Optimizer Open => _optimizer ?? throw new InvalidOperationException("This step was not opened by Optimizer.BeginStep.");

    /// <summary>Updates <paramref name="weights"/> in place.</summary>
    /// <param name="name">Name of a registered parameter.</param>
    /// <param name="weights">The parameter, row-major; in and out.</param>
    /// <param name="gradients">Its gradient, of the same length.</param>
    /// <exception cref="ArgumentException">
    /// No parameter has this name, a length does not fit, or the two spans overlap. Nothing has been changed.
    /// </exception>
    /// <exception cref="InvalidOperationException">The step is over, or has updated this parameter already.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is closed.</exception>
    public void Update(string name, Span<float> weights, ReadOnlySpan<float> gradients) =>
        Open.Update(_ticket, Open.FindCallerParameter(name), weights, gradients);

    /// <inheritdoc cref="Update(string, Span{float}, ReadOnlySpan{float})"/>
    /// <param name="parameter">What <see cref="Optimizer.Register"/> returned.</param>
    /// <param name="weights">The parameter, row-major; in and out.</param>
    /// <param name="gradients">Its gradient, of the same length.</param>
    public void Update(OptimizerParameter parameter, Span<float> weights, ReadOnlySpan<float> gradients) =>
        Open.Update(_ticket, Open.FindCallerParameter(parameter), weights, gradients);

    /// <summary>The same in double precision, for an optimizer made for it.</summary>
    internal void UpdateDouble(string name, Span<double> weights, ReadOnlySpan<double> gradients) =>
        Open.Update(_ticket, Open.FindCallerParameter(name), weights, gradients);

    /// <summary>Ends the step. Doing it twice, or after the optimizer was closed, does nothing.</summary>
    public void Dispose() => _optimizer?.EndStep(_ticket);
}
