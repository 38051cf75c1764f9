using System.Numerics;

namespace NativeOpt;

/// <summary>
/// An activation of your own: derive, and make an <see cref="Activation"/> of it with <see cref="Activation.Custom(CustomActivation)"/>.
/// It runs as C# between the operations of either backend, row by row in order, on the thread that trains; it should not allocate, and
/// the model cannot be called from it. T is float in models and double in <c>GradientCheck.Activation</c>.
/// </summary>
/// <example>
/// <code>
/// sealed class Square : CustomActivation
/// {
///     public override string Name => "square";
///
///     public override void Apply&lt;T&gt;(ReadOnlySpan&lt;T&gt; x, Span&lt;T&gt; y)
///     {
///         for (int i = 0; i &lt; x.Length; i++)
///             y[i] = x[i] * x[i];
///     }
///
///     public override void Differentiate&lt;T&gt;(
///         ReadOnlySpan&lt;T&gt; x, ReadOnlySpan&lt;T&gt; y, ReadOnlySpan&lt;T&gt; dy, Span&lt;T&gt; dx)
///     {
///         for (int i = 0; i &lt; x.Length; i++)
///             dx[i] = (x[i] + x[i]) * dy[i];
///     }
/// }
/// </code>
/// </example>
public abstract class CustomActivation
{
    /// <summary>Letters, digits, '_' and '-'.</summary>
    public abstract string Name { get; }

    /// <summary>The function of one row: fills y, which is as long as x.</summary>
    /// <param name="x">What the function is applied to.</param>
    /// <param name="y">To be filled.</param>
    public abstract void Apply<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The gradient of one row: fills dx = dy f'(x); for a function of the whole row, the Jacobian's transpose times dy.</summary>
    /// <param name="x">What the function was applied to.</param>
    /// <param name="y">What it gave.</param>
    /// <param name="dy">Gradient of y.</param>
    /// <param name="dx">To be filled.</param>
    public abstract void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
