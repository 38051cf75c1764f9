using System.Globalization;

namespace NativeOpt;

/// <summary>
/// Range checks of hyper-parameters. Each message names the property, the value and the limit. Kernels compute in single
/// precision, so a value must be a number there too.
/// </summary>
internal static class Require
{
    private const double SmallestNormal = 1.1754943508222875e-38;

    public static double NotNegative(double value, string name) =>
        float.IsFinite((float)value) && value >= 0 ? value : throw Fail(value, name, "must be finite and not negative");

    /// <summary>What is added to a divisor: 0, or not so small that single precision has only a subnormal or zero for it.</summary>
    public static double Epsilon(double value, string name) =>
        float.IsFinite((float)value) && (value == 0 || value >= SmallestNormal) ? value
            : throw Fail(value, name, "must be finite and not negative (0, or at least 1.2e-38)");

    /// <summary>Finite and not so small that single precision has only a subnormal or zero for it.</summary>
    public static double Positive(double value, string name) =>
        float.IsFinite((float)value) && value >= SmallestNormal ? value
            : throw Fail(value, name, "must be finite and greater than 0 (at least 1.2e-38)");

    public static double? PositiveOrNull(double? value, string name) => value is { } number ? Positive(number, name) : null;

    /// <summary>The order of a norm: positive, and infinity too; between them, powers of most numbers leave double precision.</summary>
    public static double Order(double value, string name) =>
        value is > 0 and (<= 100 or double.PositiveInfinity) ? value
            : throw Fail(value, name, "must be greater than 0, and at most 100 or infinity");

    /// <summary>At least 1.</summary>
    public static int Positive(int value, string name) => value >= 1 ? value : throw Fail(value, name, "must be at least 1");

    /// <summary>In [0, 1).</summary>
    public static double DecayRate(double value, string name) =>
        value is >= 0 and < 1 ? value : throw Fail(value, name, "must be at least 0 and less than 1");

    /// <summary>In [0, 1].</summary>
    public static double Fraction(double value, string name) =>
        value is >= 0 and <= 1 ? value : throw Fail(value, name, "must be at least 0 and at most 1");

    /// <summary>In [-1, 0].</summary>
    public static double MinusFraction(double value, string name) =>
        value is >= -1 and <= 0 ? value : throw Fail(value, name, "must be at least -1 and at most 0");

    public static double AtLeastOne(double value, string name) =>
        float.IsFinite((float)value) && value >= 1 ? value : throw Fail(value, name, "must be finite and at least 1");

    public static double NotPositive(double value, string name) =>
        float.IsFinite((float)value) && value <= 0 ? value : throw Fail(value, name, "must be finite and at most 0");

    public static double Finite(double value, string name) =>
        float.IsFinite((float)value) ? value : throw Fail(value, name, "must be finite");

    public static int AtLeast(int value, int least, string name) =>
        value >= least ? value : throw Fail(value, name, $"must be at least {least}");

    public static int Between(int value, int least, int most, string name) =>
        value >= least && value <= most ? value : throw Fail(value, name, $"must be at least {least} and at most {most}");

    private static ArgumentOutOfRangeException Fail(double value, string name, string limit)
    {
        string single = double.IsFinite(value) && !float.IsFinite((float)value) ? ", in single precision too (at most 3.4e38)" : "";
        return new ArgumentOutOfRangeException(name, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it {limit}{single}."));
    }
}
