using NativeOpt.Interop;

namespace NativeOpt.Training;

/// <summary>One named tensor inside an arena, such as "dense/kernel" of shape [784, 128].</summary>
/// <param name="Name">Unique in the arena: "{layer}/kernel", "{layer}/bias".</param>
/// <param name="Shape">Row-major sizes.</param>
/// <param name="Offset">First element in the arena.</param>
/// <param name="Count">Number of elements.</param>
/// <param name="IsState">Kept with the weights but never trained, such as a moving mean.</param>
internal sealed record ParameterRange(string Name, int[] Shape, long Offset, long Count, bool IsState = false)
{
    /// <summary>Its penalty, or null.</summary>
    public Regularizer? Regularizer { get; set; }

    /// <summary>What is done to it after each step, or null.</summary>
    public Constraint? Constraint { get; set; }

    /// <summary>Whether the model was compiled with the layer frozen.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>A table of which a step touches some rows only: those rows. Null: a step touches everything.</summary>
    public TouchedRows? Touched { get; set; }

    /// <summary>Whether the optimizer updates it, so that it needs a gradient.</summary>
    public bool IsTrained => !IsState && !IsFrozen;
}

/// <summary>
/// All parameters of a model in one block and their gradients in another of the same layout, so that a step, a norm or a copy
/// is one call. Layers own ranges. Gradients of ranges that are not trained are 0.
/// </summary>
internal sealed class ParameterArena : IDisposable
{
    /// <summary>Parameters start at multiples of this many elements, which keeps every tensor on a 64-byte boundary.</summary>
    private const int Granule = 16;

    private ParameterArena(IReadOnlyList<ParameterRange> ranges, long length, NoptDtype dtype)
    {
        Ranges = ranges;
        Length = length;
        Dtype = dtype;
        Parameters = AlignedBuffer.Allocate(checked(length * ElementSize(dtype)), stagger: 0);
        Gradients = AlignedBuffer.Allocate(checked(length * ElementSize(dtype)), stagger: 1 * StaggerBytes);
    }

    /// <summary>Distance of the n-th arena from a page boundary is n times this.</summary>
    public const int StaggerBytes = 5 * AlignedBuffer.Alignment;

    /// <summary>The tensors in the order they were declared.</summary>
    public IReadOnlyList<ParameterRange> Ranges { get; }

    /// <summary>Elements of the arena, gaps between tensors included (always zero).</summary>
    public long Length { get; }

    /// <summary>Element type of all arenas: F32, or F64 on the managed backend.</summary>
    public NoptDtype Dtype { get; }

    /// <summary>Parameter values.</summary>
    public AlignedBuffer Parameters { get; }

    /// <summary>Gradients, element by element beside the parameters.</summary>
    public AlignedBuffer Gradients { get; }

    /// <summary>Lays tensors out one after the other, all of them trained.</summary>
    public static ParameterArena Create(IEnumerable<(string Name, int[] Shape)> tensors, NoptDtype dtype) =>
        Create(tensors.Select(tensor => (tensor.Name, tensor.Shape, IsState: false)), dtype);

    /// <summary>Lays tensors out one after the other.</summary>
    public static ParameterArena Create(IEnumerable<(string Name, int[] Shape, bool IsState)> tensors, NoptDtype dtype)
    {
        var ranges = new List<ParameterRange>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        long offset = 0;
        foreach ((string name, int[] shape, bool isState) in tensors)
        {
            if (!names.Add(name))
                throw new ArgumentException($"two parameters are called '{name}'", nameof(tensors));
            long count = 1;
            foreach (int size in shape)
                count = checked(count * size);
            ranges.Add(new ParameterRange(name, shape, offset, count, isState));
            offset = checked(offset + RoundUp(count));
        }
        // A model without parameters has a block too: operations take no empty arrays.
        return new ParameterArena(ranges, Math.Max(offset, Granule), dtype);
    }

    /// <summary>Elements that a tensor of that many takes up, with the gap behind it.</summary>
    public static long RoundUp(long count) => (count + Granule - 1) / Granule * Granule;

    /// <summary>Bytes of one element.</summary>
    public static int ElementSize(NoptDtype dtype) => dtype == NoptDtype.F64 ? sizeof(double) : sizeof(float);

    /// <inheritdoc/>
    public void Dispose()
    {
        Parameters.Dispose();
        Gradients.Dispose();
    }
}
