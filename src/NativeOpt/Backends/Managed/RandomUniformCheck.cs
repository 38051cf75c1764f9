using System.Globalization;
using NativeOpt.Interop;
using static NativeOpt.Backends.Managed.MatrixCheck;

namespace NativeOpt.Backends.Managed;

/// <summary>Checks of the random_uniform operation.</summary>
internal static class RandomUniformCheck
{
    public static void All(in NoptRandomUniformArgs args)
    {
        if (args.Reserved != 0)
            Fail($"random_uniform.reserved is {args.Reserved}; it must be 0");
        Finite("low", args.Low);
        Finite("high", args.High);
        if (args.Low >= args.High)
            Fail(string.Create(CultureInfo.InvariantCulture, $"random_uniform.low is {args.Low}; it must be less than high, {args.High}"));
        Real("random_uniform", "y", args.Y);
    }

    private static void Finite(string field, double value)
    {
        if (!double.IsFinite(value))
            Fail(string.Create(CultureInfo.InvariantCulture, $"random_uniform.{field} is {value}; it must be finite"));
    }
}
