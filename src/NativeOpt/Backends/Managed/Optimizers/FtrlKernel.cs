using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// Follow the regularized leader (McMahan et al. 2013, algorithm 1): the weights are computed afresh from z. The exponent is 1/2,
/// or with the variant "power" a scalar.
/// </summary>
internal readonly struct FtrlKernel<T> : IOptimizerKernel<FtrlKernel<T>, T> where T : unmanaged, INumberBase<T>
{
    private readonly Vector<T> _learningRate, _l1, _l2, _shrinkage, _exponent;
    private readonly bool _power;

    private FtrlKernel(ReadOnlySpan<double> scalars, uint variant)
    {
        _power = (variant & FtrlKernel.Power) != 0;
        _learningRate = VectorMath.Broadcast<T>(scalars[0]);
        _l1 = VectorMath.Broadcast<T>(scalars[1]);
        _l2 = VectorMath.Broadcast<T>(scalars[2]);
        _shrinkage = VectorMath.Broadcast<T>(scalars[3]);
        _exponent = VectorMath.Broadcast<T>(scalars[4]);
    }

    /// <inheritdoc/>
    public static FtrlKernel<T> Create(ReadOnlySpan<double> scalars, uint variant) => new(scalars, variant);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots)
    {
        ref Vector<T> n = ref slots[0], z = ref slots[1];
        Vector<T> sum = n + g * g;
        Vector<T> root = Raise(sum);
        Vector<T> sigma = (root - Raise(n)) / _learningRate;
        z = z + (g + _shrinkage * w) - sigma * w;
        n = sum;
        return (VectorMath.Clamp(z, _l1) - z) / (root / _learningRate + _l2);
    }

    /// <summary>
    /// x^p for p = 0.b1 b2 b3 ... as sqrt(x^b1 sqrt(x^b2 ...)), from the last bit on: each root halves the errors so far, and the
    /// native kernel gives the same bits.
    /// </summary>
    private Vector<T> Raise(Vector<T> x)
    {
        if (!_power)
            return Vector.SquareRoot(x);
        int digits = typeof(T) == typeof(float) ? 24 : 53;
        Vector<T> half = VectorMath.Broadcast<T>(0.5);
        Vector<T> bits = VectorMath.Floor(_exponent * VectorMath.Broadcast<T>(1L << digits));
        Vector<T> y = Vector<T>.One;
        for (int i = 0; i < digits; i++)
        {
            Vector<T> rest = VectorMath.Floor(bits * half);
            y = Vector.SquareRoot(Vector.ConditionalSelect(Vector.LessThan(rest + rest, bits), y * x, y));
            bits = rest;
        }
        return Vector.ConditionalSelect(Vector.GreaterThan(bits, Vector<T>.Zero), y * x, y);
    }
}

/// <summary>Describes <see cref="FtrlKernel{T}"/>.</summary>
internal static class FtrlKernel
{
    public const uint Power = 1;

    public static readonly OptimizerDescription Description = new("ftrl", ["n", "z"], [0, 0],
        ["learning_rate", "l1", "l2", "shrinkage", "exponent"], ["power"]);
}
