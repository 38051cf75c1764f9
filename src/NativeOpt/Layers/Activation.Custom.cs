using NativeOpt.Interop;
using NativeOpt.Layers;

namespace NativeOpt;

/// <summary>A function of one row in single precision: fills y, which is as long as x.</summary>
/// <param name="x">What the function is applied to.</param>
/// <param name="y">To be filled.</param>
public delegate void ActivationFunction(ReadOnlySpan<float> x, Span<float> y);

/// <summary>
/// The gradient of a function of one row: fills dx = dy f'(x); for a function of the whole row, the Jacobian's transpose times dy.
/// </summary>
/// <param name="x">What the function was applied to.</param>
/// <param name="y">What it gave.</param>
/// <param name="dy">Gradient of y.</param>
/// <param name="dx">To be filled.</param>
public delegate void ActivationGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx);

// Activations that are written in C#.
public sealed partial record Activation
{
    private Activation(CustomActivation custom) : this(NoptActivation.Linear) => CustomFunction = custom;

    /// <summary>The function, where it is one of the user's.</summary>
    internal CustomActivation? CustomFunction { get; }

    /// <summary>An activation of your own, for layers on either backend. Two are equal if they are of one object.</summary>
    /// <exception cref="ArgumentException">Its name has other characters than letters, digits, '_' and '-', or none.</exception>
    public static Activation Custom(CustomActivation function)
    {
        ArgumentNullException.ThrowIfNull(function);
        ActivationText.RequireName(function.Name, nameof(function));
        return new Activation(function);
    }

    /// <summary>
    /// An activation of your own, from two delegates that get one row at a time. They are of single precision, which
    /// <c>GradientCheck.Activation</c> needs more of: derive from <see cref="CustomActivation"/> for that.
    /// </summary>
    /// <param name="name">Letters, digits, '_' and '-'.</param>
    /// <param name="function">The function.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <exception cref="ArgumentException">The name is none.</exception>
    /// <example>
    /// <code>
    /// var square = Activation.Custom("square",
    ///     (x, y) => TensorPrimitives.Multiply(x, x, y),
    ///     (x, y, dy, dx) => { for (int i = 0; i &lt; x.Length; i++) dx[i] = 2 * x[i] * dy[i]; });
    /// Activation.Register(square);
    /// var layer = new Dense(8, "square");
    /// </code>
    /// </example>
    public static Activation Custom(string name, ActivationFunction function, ActivationGradient gradient)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(gradient);
        ActivationText.RequireName(name, nameof(name));
        return new Activation(new DelegateActivation(name, function, gradient));
    }

    /// <summary>Makes the name of an activation of your own mean it, in this process, so that strings and saved models find it.</summary>
    /// <exception cref="ArgumentException">The name is taken, or the activation is one of this library's.</exception>
    public static void Register(Activation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        if (activation.CustomFunction is null)
            throw new ArgumentException($"the activation {activation} is known already", nameof(activation));
        ActivationText.Register(activation);
    }
}
