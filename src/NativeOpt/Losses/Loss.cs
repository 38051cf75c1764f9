using NativeOpt.Interop;
using NativeOpt.Losses;

namespace NativeOpt;

/// <summary>
/// What training makes small: a value of each row of a batch, and how these become one number. A string converts: "mse",
/// "huber", "binary_crossentropy", "sparse_categorical_crossentropy" ... : the names of Keras, and those of PyTorch's functions
/// with its settings. A loss of your own derives from <see cref="CustomLoss"/>. README.md beside the source has all formulas.
/// </summary>
public abstract record Loss
{
    /// <summary>Others derive from <see cref="CustomLoss"/>.</summary>
    private protected Loss() { }

    /// <summary>As Keras writes it, such as "mean_squared_error".</summary>
    public abstract string Name { get; }

    /// <summary>How rows become one number; by default the mean over the rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such reduction.</exception>
    public Reduction Reduction
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Reduction), value, $"Reduction is {(int)value}; there is no such one");
    }

    /// <summary>Whether the model's outputs are taken as they are before softmax or sigmoid.</summary>
    internal virtual bool TakesLogits => false;

    /// <summary>The activation that is computed together with this loss where a model ends in it; null: none.</summary>
    internal virtual Activation? FusedActivation => null;

    /// <summary>Whether targets are class numbers rather than rows as wide as the output.</summary>
    internal virtual bool TakesLabels => false;

    /// <summary>A label whose rows do not count, or null.</summary>
    internal virtual int? IgnoredLabel => null;

    /// <summary>Whether targets are probabilities, in [0, 1].</summary>
    internal virtual bool TakesUnitTargets => false;

    /// <summary>Whether the loss operation counts right answers.</summary>
    internal virtual bool HasRightAnswers => false;

    /// <summary>A factor for the terms of each class, or null.</summary>
    internal virtual IReadOnlyList<double>? TermWeights => null;

    /// <summary>Whether a batch has one value rather than one a row; sample weights are then not for the operation.</summary>
    internal virtual bool IsOfWholeBatch => false;

    /// <summary>What the value of a row is of its columns.</summary>
    internal virtual RowValue RowValue => RowValue.Whole;

    /// <summary>The loss of that name.</summary>
    /// <exception cref="ArgumentException">There is none; the message has the nearest name.</exception>
    public static implicit operator Loss(string loss) => LossNames.Find(loss, nameof(loss));

    /// <summary>The loss of that name: Keras' names with default settings, PyTorch's with its own.</summary>
    /// <exception cref="ArgumentException">There is none; the message has the nearest name.</exception>
    public static Loss FromName(string name) => LossNames.Find(name, nameof(name));

    /// <summary>Lets a loss be found by name, in <see cref="FromName"/> and wherever a string becomes a loss.</summary>
    /// <param name="name">Not yet taken; case and '_' do not matter.</param>
    /// <param name="create">Makes the loss.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public static void Register(string name, Func<Loss> create) => LossNames.Register(name, create);

    /// <summary>Kind, flags and numbers for the loss operation; the rest is up to the caller.</summary>
    /// <param name="fromLogits">Whether it gets what is before the activation.</param>
    internal abstract NoptLossArgs Describe(bool fromLogits);

    /// <summary>Checks settings against each other, before they are used.</summary>
    /// <exception cref="ArgumentException">They contradict each other.</exception>
    internal virtual void Check() { }

    /// <summary>How the loss operation takes predictions of a cross-entropy.</summary>
    private protected static uint ProbabilityFlags(bool fromLogits, Convention convention)
    {
        if (fromLogits)
            return (uint)NoptLossFlags.FromLogits;
        return convention == Convention.PyTorch ? (uint)NoptLossFlags.Unclipped : 0;
    }
}
