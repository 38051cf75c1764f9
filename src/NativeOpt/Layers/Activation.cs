using NativeOpt.Interop;
using NativeOpt.Text;

namespace NativeOpt;

/// <summary>
/// An activation function. A string converts: "linear", "relu", "sigmoid", "tanh", "softmax".
/// </summary>
public sealed record Activation
{
    private static readonly Activation[] All =
    [
        new("linear", NoptActivation.Linear),
        new("relu", NoptActivation.Relu),
        new("sigmoid", NoptActivation.Sigmoid),
        new("tanh", NoptActivation.Tanh),
        new("softmax", NoptActivation.Softmax),
    ];

    private Activation(string name, NoptActivation kind) => (Name, Kind) = (name, kind);

    /// <summary>y = x.</summary>
    public static Activation Linear => All[0];

    /// <summary>y = max(x, 0).</summary>
    public static Activation Relu => All[1];

    /// <summary>y = 1 / (1 + exp(-x)).</summary>
    public static Activation Sigmoid => All[2];

    /// <summary>y = tanh(x).</summary>
    public static Activation Tanh => All[3];

    /// <summary>Along each row: y = exp(x) / sum exp(x).</summary>
    public static Activation Softmax => All[4];

    /// <summary>As Keras writes it, such as "relu".</summary>
    public string Name { get; }

    /// <summary>What the kernels call it.</summary>
    internal NoptActivation Kind { get; }

    /// <summary>Whether the derivative is a function of x rather than of y, so that a layer must keep x.</summary>
    internal bool NeedsZ { get; private init; }

    /// <summary>The activation of that name.</summary>
    /// <exception cref="ArgumentException">There is none; the message has the nearest name.</exception>
    public static implicit operator Activation(string name) => FromName(name);

    /// <summary>The activation of that name.</summary>
    /// <exception cref="ArgumentException">There is none; the message has the nearest name.</exception>
    public static Activation FromName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Array.Find(All, activation => activation.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                NearestName.Explain("activation", name, [.. All.Select(activation => activation.Name)]), nameof(name));
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
