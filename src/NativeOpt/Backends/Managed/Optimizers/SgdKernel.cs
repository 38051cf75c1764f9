using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>Gradient descent (Robbins &amp; Monro 1951).</summary>
internal readonly struct SgdKernel<T> : IOptimizerKernel<SgdKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _learningRate;

    private SgdKernel(ReadOnlySpan<double> scalars) => _learningRate = VectorMath.Broadcast<T>(scalars[0]);

    /// <inheritdoc/>
    public static SgdKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots) => w - _learningRate * g;
}

/// <summary>Describes <see cref="SgdKernel{T}"/>.</summary>
internal static class SgdKernel
{
    public static readonly OptimizerDescription Description = new("sgd", [], [], ["learning_rate"], []);
}
