using System.Globalization;
using NativeOpt.Backends;
using NativeOpt.Interop;

namespace NativeOpt;

/// <summary>Every element of the parameter is the same number.</summary>
public sealed record Constant : Initializer
{
    /// <summary>An initializer that writes <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public Constant(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(
                nameof(value), value, string.Create(CultureInfo.InvariantCulture, $"value is {value}; it must be finite"));
        Value = value;
    }

    /// <summary>The number.</summary>
    public double Value { get; }

    /// <inheritdoc/>
    internal override unsafe void Fill(NoptMatrix target, Fans fans, RandomSource random, IBackend backend)
    {
        int count = checked((int)(target.Rows * target.Columns));
        if (target.Dtype == (int)NoptDtype.F64)
            new Span<double>(target.Data, count).Fill(Value);
        else
            new Span<float>(target.Data, count).Fill((float)Value);
    }
}
