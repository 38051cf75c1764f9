using System.Globalization;
using NativeOpt.Backends;
using NativeOpt.Initializers;

namespace NativeOpt;

/// <summary>Uniform numbers.</summary>
public sealed record RandomUniform : Initializer
{
    /// <summary>An initializer of numbers in [low, high).</summary>
    /// <param name="low">Finite; -0.05 by default, as in Keras.</param>
    /// <param name="high">Finite and above low; 0.05 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite, or high is not above low.</exception>
    public RandomUniform(double low = -0.05, double high = 0.05)
    {
        (Low, High) = (Require.Finite(low, nameof(low)), Require.Finite(high, nameof(high)));
        if (low >= high)
            throw new ArgumentOutOfRangeException(nameof(high), high, string.Create(
                CultureInfo.InvariantCulture, $"high is {high}; it must be above low, which is {low}."));
    }

    /// <summary>The smallest number.</summary>
    public double Low { get; }

    /// <summary>What all numbers are below.</summary>
    public double High { get; }

    /// <inheritdoc/>
    public override string ToString() => InitializerText.Write("random_uniform", ("minval", Low), ("maxval", High));

    /// <inheritdoc/>
    internal override void Fill(in InitializerTarget target, IBackend backend) => UniformNumbers.Fill(target, Low, High, backend);
}
