using System.Globalization;

namespace NativeOpt;

/// <summary>Range checks of hyper-parameters. Each message names the property, the value and the limit.</summary>
internal static class Require
{
    public static double NotNegative(double value, string name) =>
        double.IsFinite(value) && value >= 0 ? value : throw Fail(value, name, "must be finite and not negative");

    public static double Positive(double value, string name) =>
        double.IsFinite(value) && value > 0 ? value : throw Fail(value, name, "must be finite and greater than 0");

    public static double? PositiveOrNull(double? value, string name) => value is { } number ? Positive(number, name) : null;

    /// <summary>In [0, 1).</summary>
    public static double DecayRate(double value, string name) =>
        value is >= 0 and < 1 ? value : throw Fail(value, name, "must be at least 0 and less than 1");

    private static ArgumentOutOfRangeException Fail(double value, string name, string limit) =>
        new(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it {limit}"));
}
