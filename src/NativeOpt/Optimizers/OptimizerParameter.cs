using NativeOpt.Optimizers;
using NativeOpt.Training;

namespace NativeOpt;

/// <summary>A parameter that an <see cref="Optimizer"/> keeps state for: its name and shape, not its values.</summary>
public sealed class OptimizerParameter
{
    internal OptimizerParameter(Optimizer owner, ParameterRange range, UpdateBlock block)
    {
        Owner = owner;
        Range = range;
        Block = block;
    }

    /// <summary>Unique in its optimizer.</summary>
    public string Name => Range.Name;

    /// <summary>Row-major sizes; empty for a single number.</summary>
    public IReadOnlyList<int> Shape => Range.Shape;

    /// <summary>Number of elements.</summary>
    public long Length => Range.Count;

    internal Optimizer Owner { get; }

    /// <summary>Where the elements lie in the memory of their part.</summary>
    internal ParameterRange Range { get; }

    /// <summary>The rule that updates the parameter, with the slots.</summary>
    internal UpdateBlock Block { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} [{string.Join(", ", Shape)}]";
}
