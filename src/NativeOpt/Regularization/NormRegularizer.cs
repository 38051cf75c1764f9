using NativeOpt.Backends.Managed;
using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>
/// The penalties l1 * sum |w| + l2 * sum w^2, with the gradient l1 * sign(w) + 2 * l2 * w (0 where l1 meets a weight of 0). There is no
/// factor 1/2, as in Keras: PyTorch's weight_decay is 2 * l2.
/// </summary>
public abstract record NormRegularizer : Regularizer
{
    private readonly (double L1, double L2) _factors;

    private protected NormRegularizer(double l1, double l2) => _factors = (l1, l2);

    /// <inheritdoc/>
    internal sealed override (double L1, double L2)? Factors => _factors;

    /// <inheritdoc/>
    public sealed override double GetPenalty(ReadOnlySpan<float> values, ReadOnlySpan<int> shape) => Compute(values, default, NoptDtype.F32);

    /// <inheritdoc/>
    public sealed override void AddGradient(ReadOnlySpan<float> values, ReadOnlySpan<int> shape, Span<float> gradients) =>
        Compute(values, gradients, NoptDtype.F32);

    /// <inheritdoc/>
    internal sealed override double GetPenalty(ReadOnlySpan<double> values, ReadOnlySpan<int> shape) =>
        Compute(values, default, NoptDtype.F64);

    /// <inheritdoc/>
    internal sealed override void AddGradient(ReadOnlySpan<double> values, ReadOnlySpan<int> shape, Span<double> gradients) =>
        Compute(values, gradients, NoptDtype.F64);

    private unsafe double Compute<T>(ReadOnlySpan<T> values, Span<T> gradients, NoptDtype dtype) where T : unmanaged
    {
        if (!gradients.IsEmpty && gradients.Length != values.Length)
            throw new ArgumentException($"gradients has {gradients.Length} elements, values has {values.Length}", nameof(gradients));
        double penalty = 0;
        fixed (T* x = values)
        fixed (T* dx = gradients)
        {
            var args = new NoptPenaltyArgs
            {
                L1 = _factors.L1,
                L2 = _factors.L2,
                GradientScale = 1,
                X = new() { Data = x, Rows = 1, Columns = values.Length, Stride = values.Length, Dtype = (int)dtype },
                Dx = new() { Data = dx, Rows = 1, Columns = values.Length, Stride = values.Length, Dtype = (int)dtype },
                Value = &penalty,
            };
            if (!values.IsEmpty)
                PenaltyOperation.Run(&args);
        }
        return penalty;
    }
}
