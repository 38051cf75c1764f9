using NativeOpt.Backends.Managed;

namespace NativeOpt.Initializers;

/// <summary>
/// The inverse of the standard normal distribution function by rational approximation (Wichura 1988, algorithm AS 241, PPND16;
/// relative error about 1e-15). Only + - * / and the root, without the logarithm of a C library: the native core's twin
/// (native/src/core/normal_quantile.cpp) has the same bits, so normal deviates are the same everywhere.
/// </summary>
internal static class NormalQuantile
{
    private const double CentralHalfWidth = 0.425;

    // Numerators and denominators, highest power first: centre (in 0.180625 - q^2), shoulders (in r - 1.6), far tails (in r - 5).
    private static ReadOnlySpan<double> CentreNumerator => [
        2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
        1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080e0];

    private static ReadOnlySpan<double> CentreDenominator => [
        5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
        5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1.0];

    private static ReadOnlySpan<double> ShoulderNumerator => [
        7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e0,
        3.64784832476320460504e0, 5.76949722146069140550e0, 4.63033784615654529590e0, 1.42343711074968357734e0];

    private static ReadOnlySpan<double> ShoulderDenominator => [
        1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
        6.89767334985100004550e-1, 1.67638483018380384940e0, 2.05319162663775882187e0, 1.0];

    private static ReadOnlySpan<double> TailNumerator => [
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
        2.96560571828504891230e-1, 1.78482653991729133580e0, 5.46378491116411436990e0, 6.65790464350110377720e0];

    private static ReadOnlySpan<double> TailDenominator => [
        2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
        1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0];

    /// <summary>The x below which a standard normal number lies with probability <paramref name="p"/>, 0 &lt; p &lt; 1.</summary>
    public static double At(double p)
    {
        double q = p - 0.5;
        if (Math.Abs(q) <= CentralHalfWidth)
            return q * RationalFunction.At(CentreNumerator, CentreDenominator, CentralHalfWidth * CentralHalfWidth - q * q);
        double r = Math.Sqrt(-NaturalLog(q < 0 ? p : 1 - p));
        double x = r <= 5
            ? RationalFunction.At(ShoulderNumerator, ShoulderDenominator, r - 1.6)
            : RationalFunction.At(TailNumerator, TailDenominator, r - 5);
        return q < 0 ? -x : x;
    }

    // log x for normal x > 0: x = m 2^e with m in [sqrt(1/2), sqrt(2)), log m = 2 artanh((m - 1) / (m + 1)) as a series.
    private static double NaturalLog(double x)
    {
        const ulong rootOfHalf = 0x3fe6a09e667f3bcd;
        ulong shifted = BitConverter.DoubleToUInt64Bits(x) - rootOfHalf;
        long exponent = (long)shifted >> 52;
        double m = BitConverter.UInt64BitsToDouble((shifted & 0xfffffffffffff) + rootOfHalf);
        double s = (m - 1) / (m + 1);
        double z = s * s;
        double series = 0;
        for (int k = 23; k >= 1; k -= 2)
            series = series * z + 1.0 / k;
        return exponent * 0.69314718055994530942 + 2 * s * series;
    }
}
