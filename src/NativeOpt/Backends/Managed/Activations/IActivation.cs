using System.Numerics;

namespace NativeOpt.Backends.Managed.Activations;

/// <summary>An activation function that works element by element, with a parameter p where it has one.</summary>
internal interface IActivation : ISlope
{
    /// <summary>The function.</summary>
    static abstract T Value<T>(T x, T p) where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>The derivative of an activation.</summary>
internal interface ISlope
{
    /// <summary>
    /// dy times the derivative; <paramref name="v"/> is the function's value y, or x where <see cref="ActivationTraits"/> says so.
    /// </summary>
    static abstract T Slope<T>(T v, T dy, T p) where T : unmanaged, IFloatingPointIeee754<T>;
}

/// <summary>One of exp, log and their like: computed in double whatever the element type.</summary>
internal interface ISmoothActivation
{
    /// <summary>As <see cref="IActivation.Value{T}"/>.</summary>
    static abstract double Value(double x, double p);

    /// <summary>The derivative, from y, or from x where <see cref="ActivationTraits"/> says so.</summary>
    static abstract double Derivative(double v, double p);
}

/// <summary>Rounds a smooth activation to the element type.</summary>
internal readonly struct Smooth<TFunction> : IActivation where TFunction : ISmoothActivation
{
    public static T Value<T>(T x, T p) where T : unmanaged, IFloatingPointIeee754<T> =>
        T.CreateTruncating(TFunction.Value(double.CreateTruncating(x), double.CreateTruncating(p)));

    public static T Slope<T>(T v, T dy, T p) where T : unmanaged, IFloatingPointIeee754<T> =>
        dy * T.CreateTruncating(TFunction.Derivative(double.CreateTruncating(v), double.CreateTruncating(p)));
}
