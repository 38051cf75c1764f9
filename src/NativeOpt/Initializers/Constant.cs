using NativeOpt.Backends;
using NativeOpt.Initializers;

namespace NativeOpt;

/// <summary>Every element of the parameter is the same number. "zeros" and "ones" are two of them.</summary>
public sealed record Constant : Initializer
{
    /// <summary>An initializer that writes <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public Constant(double value) => Value = Require.Finite(value, nameof(value));

    /// <summary>The number.</summary>
    public double Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Value switch
    {
        0 => "zeros",
        1 => "ones",
        _ => InitializerText.Write("constant", ("value", Value)),
    };

    /// <inheritdoc/>
    internal override void Fill(in InitializerTarget target, IBackend backend)
    {
        for (long i = 0; i < target.Count; i++)
            target.Write(i, Value);
    }
}
