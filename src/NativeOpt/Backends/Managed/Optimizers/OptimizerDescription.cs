using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>What an optimizer kernel keeps and takes; the same words as nopt_optimizer_info of the native core.</summary>
/// <param name="Name">How it is found.</param>
/// <param name="SlotNames">Arrays that live as long as the parameters, those of all variants.</param>
/// <param name="SlotVariants">Slot i is used where (variant &amp; SlotVariants[i]) == SlotVariants[i].</param>
/// <param name="ScalarNames">One row of scalars.</param>
/// <param name="VariantNames">Name of bit 0, bit 1, ... of the variant.</param>
internal sealed record OptimizerDescription(
    string Name,
    IReadOnlyList<string> SlotNames,
    IReadOnlyList<uint> SlotVariants,
    IReadOnlyList<string> ScalarNames,
    IReadOnlyList<string> VariantNames)
{
    /// <summary>What the sums of the first pass run over; Element where there is one pass only.</summary>
    public NoptScope Scope { get; init; }

    /// <summary>Numbers of the state besides the slots: for each tensor, or for all together, as the scope says.</summary>
    public IReadOnlyList<string> NumberNames { get; init; } = [];

    /// <summary>Lengths of the slots of a matrix rule; null for others, whose slots are as long as the parameters.</summary>
    public IReadOnlyList<NoptSlotShape>? SlotShapes { get; init; }

    /// <summary>Coefficients come in rows of this many; 0: the rule takes none.</summary>
    public int CoefficientsPerRow { get; init; }

    /// <summary>Whether a step takes one whole parameter at a time, with its rows and columns.</summary>
    public bool IsMatrixRule => Scope == NoptScope.Matrix;

    /// <summary>Elements of a slot of a matrix rule.</summary>
    public long SlotLength(int slot, long rows, long columns) => SlotShapes![slot] switch
    {
        NoptSlotShape.Rows => rows,
        NoptSlotShape.Columns => columns,
        _ => rows * columns,
    };

    /// <summary>Whether the variant reads and writes the slot.</summary>
    public bool UsesSlot(int slot, uint variant) => (variant & SlotVariants[slot]) == SlotVariants[slot];
}
