using System.Numerics;
using System.Numerics.Tensors;

namespace NativeOpt.Backends.Managed.Activations;

/// <summary>softmax and log softmax of a row, and their gradients. x and y, or dy and dx, may be the same memory.</summary>
internal static class RowActivations
{
    /// <summary>Shifted by the largest element, so that exp does not overflow.</summary>
    public static void Softmax<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        TensorPrimitives.Subtract(x, TensorPrimitives.Max(x), y);
        TensorPrimitives.Exp(y, y);
        TensorPrimitives.Divide(y, TensorPrimitives.Sum<T>(y), y);
    }

    /// <summary>The Jacobian of softmax is diag(y) - y y^T.</summary>
    public static void SoftmaxSlope<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T inner = TensorPrimitives.Dot(y, dy);
        for (int i = 0; i < y.Length; i++)
            dx[i] = y[i] * (dy[i] - inner);
    }

    /// <summary>y = (x - max) - log(sum exp(x - max)).</summary>
    public static void LogSoftmax<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        TensorPrimitives.Subtract(x, TensorPrimitives.Max(x), y);
        T sum = T.Zero;
        foreach (T shifted in y)
            sum += T.Exp(shifted);
        TensorPrimitives.Subtract(y, T.Log(sum), y);
    }

    /// <summary>The Jacobian of log softmax is I - softmax 1^T, and softmax is exp(y).</summary>
    public static void LogSoftmaxSlope<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T total = TensorPrimitives.Sum(dy);
        for (int i = 0; i < y.Length; i++)
            dx[i] = dy[i] - T.Exp(y[i]) * total;
    }
}
