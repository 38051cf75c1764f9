using System.Numerics;
using NativeOpt.Optimizers;

namespace NativeOpt;

/// <summary>What <see cref="CustomRule.Update{T}"/> works on: one parameter in one step.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct RuleUpdate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly CustomBlock _block;
    private readonly long _offset;

    internal RuleUpdate(CustomBlock block, string parameter, IReadOnlyList<int> shape, long offset, Span<T> weights, Span<T> gradients)
    {
        (_block, _offset, Parameter, Shape) = (block, offset, parameter, shape);
        Weights = weights;
        Gradients = gradients;
    }

    /// <summary>Name of the parameter, such as "dense/kernel".</summary>
    public string Parameter { get; }

    /// <summary>Sizes of the parameter.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>
    /// The weights, row-major, in and out. A decoupled weight decay has shrunk them. Of the table of an <see cref="Embedding"/>: rows
    /// that the step looked up, in one call for each group of neighbours.
    /// </summary>
    public Span<T> Weights { get; }

    /// <summary>
    /// The gradient, as many elements, after limits, <see cref="OptimizerRule.Maximize"/> and coupled weight decay. A copy that the rule
    /// may overwrite.
    /// </summary>
    public Span<T> Gradients { get; }

    /// <summary>Number of the step, from 1.</summary>
    public long Step => _block.Step;

    /// <summary>The learning rate in force.</summary>
    public double LearningRate => _block.LearningRate;

    /// <summary>The numbers the rule keeps for all parameters together, as the step before left them.</summary>
    public ReadOnlySpan<double> Numbers => _block.Numbers;

    /// <summary>A slot of the parameter, as many elements, in and out.</summary>
    /// <param name="index">Its place in <see cref="CustomRule.Slots"/>.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such slot.</exception>
    public Span<T> Slot(int index) => _block.Slot<T>(index, _offset, Weights.Length);
}
