using System.Numerics;
using System.Runtime.CompilerServices;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// The ascent of sharpness-aware minimization (Foret et al. 2021; adaptive: Kwon et al. 2021): first the squared norms of g and of
/// w g over all parameters, then w + scale g, or w + scale w^2 g.
/// </summary>
internal readonly struct SamAscentKernel<T> : IMeasuringKernel<SamAscentKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _scale;
    private readonly bool _adaptive;

    private SamAscentKernel(ReadOnlySpan<double> scalars, uint variant)
    {
        _scale = VectorMath.Broadcast<T>(scalars[0]);
        _adaptive = (variant & SamAscentKernel.Adaptive) != 0;
    }

    /// <inheritdoc/>
    public static SamAscentKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars, variant);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (Vector<T> First, Vector<T> Second) Measure(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        Vector<T> scaled = w * g;
        return (g * g, scaled * scaled);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots) => w + _scale * (_adaptive ? (w * w) * g : g);
}

/// <summary>Describes <see cref="SamAscentKernel{T}"/>.</summary>
internal static class SamAscentKernel
{
    public const uint Adaptive = 1;

    public static readonly OptimizerDescription Description = new("sam_ascent", [], [], ["scale"], ["adaptive"])
    {
        Scope = NoptScope.All,
        NumberNames = ["squares", "scaled_squares"],
    };
}
