using System.Numerics;
using System.Numerics.Tensors;
using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Activations;

/// <summary>Finds activations by their number and applies them to rows. x and y, or dy and dx, may be the same memory.</summary>
internal static class ElementwiseActivations
{
    /// <summary>y = f(x), but not for those that work on rows.</summary>
    public static void Apply<T>(NoptActivation activation, T p, ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (activation)
        {
            case NoptActivation.Linear: x.CopyTo(y); break;
            case NoptActivation.Relu: TensorPrimitives.Max(x, T.Zero, y); break;
            case NoptActivation.Sigmoid: TensorPrimitives.Sigmoid(x, y); break;
            case NoptActivation.Tanh: TensorPrimitives.Tanh(x, y); break;
            case NoptActivation.Exponential: TensorPrimitives.Exp(x, y); break;
            case NoptActivation.CappedRelu: Map<CappedRelu, T>(p, x, y); break;
            case NoptActivation.LeakyRelu: Map<LeakyRelu, T>(p, x, y); break;
            case NoptActivation.Elu: Map<Smooth<Elu>, T>(p, x, y); break;
            case NoptActivation.Selu: Map<Smooth<Selu>, T>(p, x, y); break;
            case NoptActivation.Celu: Map<Smooth<Celu>, T>(p, x, y); break;
            case NoptActivation.Gelu: Map<Smooth<Gelu>, T>(p, x, y); break;
            case NoptActivation.GeluTanh: Map<Smooth<GeluTanh>, T>(p, x, y); break;
            case NoptActivation.Silu: Map<Smooth<Silu>, T>(p, x, y); break;
            case NoptActivation.Mish: Map<Smooth<Mish>, T>(p, x, y); break;
            case NoptActivation.HardSigmoid: Map<HardSigmoid, T>(p, x, y); break;
            case NoptActivation.HardSilu: Map<HardSilu, T>(p, x, y); break;
            case NoptActivation.HardTanh: Map<HardTanh, T>(p, x, y); break;
            case NoptActivation.Softplus: Map<Smooth<Softplus>, T>(p, x, y); break;
            case NoptActivation.Softsign: Map<Softsign, T>(p, x, y); break;
            case NoptActivation.LogSigmoid: Map<Smooth<LogSigmoid>, T>(p, x, y); break;
            case NoptActivation.SoftShrink: Map<SoftShrink, T>(p, x, y); break;
            case NoptActivation.HardShrink: Map<HardShrink, T>(p, x, y); break;
            case NoptActivation.TanhShrink: Map<Smooth<TanhShrink>, T>(p, x, y); break;
            case NoptActivation.Squareplus: Map<Squareplus, T>(p, x, y); break;
        }
    }

    /// <summary>dx = dy f'(x), from y, or from x where <see cref="ActivationTraits"/> says so.</summary>
    public static void Differentiate<T>(NoptActivation activation, T p, ReadOnlySpan<T> v, ReadOnlySpan<T> dy, Span<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (activation)
        {
            case NoptActivation.Linear: dy.CopyTo(dx); break;
            case NoptActivation.Relu: MapSlope<ReluSlope, T>(p, v, dy, dx); break;
            case NoptActivation.Sigmoid: MapSlope<SigmoidSlope, T>(p, v, dy, dx); break;
            case NoptActivation.Tanh: MapSlope<TanhSlope, T>(p, v, dy, dx); break;
            case NoptActivation.Exponential: MapSlope<ExponentialSlope, T>(p, v, dy, dx); break;
            case NoptActivation.CappedRelu: MapSlope<CappedRelu, T>(p, v, dy, dx); break;
            case NoptActivation.LeakyRelu: MapSlope<LeakyRelu, T>(p, v, dy, dx); break;
            case NoptActivation.Elu: MapSlope<Smooth<Elu>, T>(p, v, dy, dx); break;
            case NoptActivation.Selu: MapSlope<Smooth<Selu>, T>(p, v, dy, dx); break;
            case NoptActivation.Celu: MapSlope<Smooth<Celu>, T>(p, v, dy, dx); break;
            case NoptActivation.Gelu: MapSlope<Smooth<Gelu>, T>(p, v, dy, dx); break;
            case NoptActivation.GeluTanh: MapSlope<Smooth<GeluTanh>, T>(p, v, dy, dx); break;
            case NoptActivation.Silu: MapSlope<Smooth<Silu>, T>(p, v, dy, dx); break;
            case NoptActivation.Mish: MapSlope<Smooth<Mish>, T>(p, v, dy, dx); break;
            case NoptActivation.HardSigmoid: MapSlope<HardSigmoid, T>(p, v, dy, dx); break;
            case NoptActivation.HardSilu: MapSlope<HardSilu, T>(p, v, dy, dx); break;
            case NoptActivation.HardTanh: MapSlope<HardTanh, T>(p, v, dy, dx); break;
            case NoptActivation.Softplus: MapSlope<Smooth<Softplus>, T>(p, v, dy, dx); break;
            case NoptActivation.Softsign: MapSlope<Softsign, T>(p, v, dy, dx); break;
            case NoptActivation.LogSigmoid: MapSlope<Smooth<LogSigmoid>, T>(p, v, dy, dx); break;
            case NoptActivation.SoftShrink: MapSlope<SoftShrink, T>(p, v, dy, dx); break;
            case NoptActivation.HardShrink: MapSlope<HardShrink, T>(p, v, dy, dx); break;
            case NoptActivation.TanhShrink: MapSlope<Smooth<TanhShrink>, T>(p, v, dy, dx); break;
            case NoptActivation.Squareplus: MapSlope<Squareplus, T>(p, v, dy, dx); break;
        }
    }

    private static void Map<TFunction, T>(T p, ReadOnlySpan<T> x, Span<T> y)
        where TFunction : IActivation where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < x.Length; i++)
            y[i] = TFunction.Value(x[i], p);
    }

    private static void MapSlope<TFunction, T>(T p, ReadOnlySpan<T> v, ReadOnlySpan<T> dy, Span<T> dx)
        where TFunction : ISlope where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < v.Length; i++)
            dx[i] = TFunction.Slope(v[i], dy[i], p);
    }
}
