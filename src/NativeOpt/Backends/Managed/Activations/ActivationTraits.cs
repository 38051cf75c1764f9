using NativeOpt.Interop;

namespace NativeOpt.Backends.Managed.Activations;

/// <summary>Range of the one parameter of an activation.</summary>
internal enum ParameterLimit
{
    /// <summary>There is no parameter.</summary>
    None,

    /// <summary>Above 0.</summary>
    Positive,

    /// <summary>At least 0.</summary>
    NotNegative,
}

/// <summary>What is known of each activation besides its arithmetic, as in the native core's activation_traits.cpp.</summary>
internal static class ActivationTraits
{
    /// <summary>Range of the parameter.</summary>
    public static ParameterLimit Parameter(NoptActivation activation) => activation switch
    {
        NoptActivation.CappedRelu or NoptActivation.Celu or NoptActivation.Silu or NoptActivation.Softplus => ParameterLimit.Positive,
        NoptActivation.LeakyRelu or NoptActivation.Elu or NoptActivation.SoftShrink or NoptActivation.HardShrink
            or NoptActivation.Squareplus => ParameterLimit.NotNegative,
        _ => ParameterLimit.None,
    };

    /// <summary>Whether the derivative is a function of x, not of y.</summary>
    public static bool SlopeIsOfInput(NoptActivation activation) => activation is NoptActivation.Gelu or NoptActivation.GeluTanh
        or NoptActivation.Silu or NoptActivation.Mish or NoptActivation.HardSilu or NoptActivation.TanhShrink or NoptActivation.Prelu;
}
