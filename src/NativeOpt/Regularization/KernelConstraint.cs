using NativeOpt.Backends.Managed;
using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>A constraint that the backends compute.</summary>
public abstract record KernelConstraint : Constraint
{
    private protected KernelConstraint() { }

    /// <inheritdoc/>
    public sealed override void Apply(Span<float> weights, ReadOnlySpan<int> shape) => Apply(weights, shape, NoptDtype.F32);

    /// <inheritdoc/>
    internal sealed override void Apply(Span<double> weights, ReadOnlySpan<int> shape) => Apply(weights, shape, NoptDtype.F64);

    /// <inheritdoc/>
    internal abstract override NoptConstraintArgs? Describe(ReadOnlySpan<int> shape);

    private unsafe void Apply<T>(Span<T> weights, ReadOnlySpan<int> shape, NoptDtype dtype) where T : unmanaged
    {
        CheckShape(nameof(weights), shape);
        int columns = shape.IsEmpty ? 1 : shape[^1];
        long count = 1;
        foreach (int size in shape)
            count *= size;
        if (weights.Length != count)
            throw new ArgumentException($"weights has {weights.Length} elements; the shape [{string.Join(", ", shape.ToArray())}] has {count}",
                nameof(weights));
        fixed (T* w = weights)
        {
            NoptConstraintArgs args = Describe(shape)!.Value;
            args.W = new() { Data = w, Rows = count / columns, Columns = columns, Stride = columns, Dtype = (int)dtype };
            ConstraintOperation.Run(&args);
        }
    }
}
