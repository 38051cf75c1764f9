namespace NativeOpt.Tests.Backends;

/// <summary>The activations that tests run over.</summary>
internal static class TestActivations
{
    // Of + - * / and sqrt alone.
    private static readonly string[] Piecewise =
    [
        "linear", "relu", "relu6", "relu(max_value=0.5)", "leaky_relu", "leaky_relu(negative_slope=0)", "hard_sigmoid", "hard_silu",
        "hard_tanh", "softsign", "soft_shrink", "soft_shrink(threshold=0.1)", "hard_shrink", "squareplus", "squareplus(b=0.3)",
    ];

    private static readonly string[] WithParameters =
        ["elu(alpha=0.3)", "celu(alpha=2.5)", "silu(beta=1.7)", "softplus(beta=2)"];

    /// <summary>Those whose arithmetic gives the same bits everywhere.</summary>
    public static IEnumerable<Activation> Exact => Piecewise.Select(text => (Activation)text);

    /// <summary>All, also with parameters that are not the defaults.</summary>
    public static IEnumerable<string> Texts => Activation.KnownNames
        .Where(name => Activation.FromName(name).CustomFunction is null).Union(Piecewise).Concat(WithParameters);

    /// <summary>All, also with parameters that are not the defaults.</summary>
    public static IEnumerable<Activation> All => Texts.Select(text => (Activation)text);

    /// <summary>Whether an element depends on its whole row.</summary>
    public static bool WorksOnRows(Activation activation) => activation == Activation.Softmax || activation == Activation.LogSoftmax;
}
