using NativeOpt.Optimizers;
using NativeOpt.Training;

namespace NativeOpt;

/// <summary>A parameter that an <see cref="Optimizer"/> keeps state for: its name and shape, not its values.</summary>
public sealed class OptimizerParameter
{
    /// <summary>What gradients that wait for an update are called among the slots.</summary>
    private const string GradientSum = "gradient_sum";

    private readonly StepPart _part;

    internal OptimizerParameter(Optimizer owner, ParameterRange range, BlockRun run, StepPart part)
    {
        _part = part;
        Owner = owner;
        Range = range;
        (Block, Average, Slow) = (run.Block, run.Average, run.Slow);
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

    /// <summary>The average of the weights, or null where none is kept.</summary>
    internal WeightAverage? Average { get; }

    /// <summary>The slow weights of a <see cref="Lookahead"/>, or null.</summary>
    internal SlowWeights? Slow { get; }

    /// <summary>
    /// Names of the arrays kept for the parameter: the slots of its rule, the sum of gradients where they accumulate, slow weights, and
    /// the average of the weights where it is kept.
    /// </summary>
    internal IEnumerable<string> SlotNames
    {
        get
        {
            IEnumerable<string> names = Block.SlotNames;
            if (_part.Sum is not null)
                names = names.Append(GradientSum);
            if (Slow is not null)
                names = names.Append(SlowWeights.SlotName);
            return Average is null ? names : names.Append(WeightAverage.SlotName);
        }
    }

    /// <summary>One of the arrays, or null where there is none of this name.</summary>
    internal SlotPlace? FindSlot(string name) =>
        name == GradientSum && _part.Sum is { } sum ? new SlotPlace(sum, Range.Offset, Range.Count)
        : KeptOf(name) is { } kept ? kept.PlaceOf(Range)
        : Block.FindSlot(Range, name);

    /// <summary>The second set of weights of this name, or null.</summary>
    internal KeptWeights? KeptOf(string slot) => slot switch
    {
        WeightAverage.SlotName => Average,
        SlowWeights.SlotName => Slow,
        _ => null,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Name} [{string.Join(", ", Shape)}]";
}
