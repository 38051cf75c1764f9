namespace NativeOpt.Backends.Managed.Activations;

/// <summary>
/// The standard normal distribution in double, from the rational approximations of Cody (1969, Rational Chebyshev approximations
/// for the error function); relative error about 1e-15, in the lower tail too.
/// </summary>
internal static class NormalDistribution
{
    private const double RootOfHalf = 0.70710678118654752440;
    private const double RootOfInversePi = 0.56418958354775628695;
    private const double DensityAtZero = 0.39894228040143267794;

    // Numerators and denominators, highest power first: erf near 0 (in y^2), erfc in the middle (in y), far out (in 1 / y^2).
    private static ReadOnlySpan<double> NearNumerator => [
        1.85777706184603153e-1, 3.16112374387056560e0, 1.13864154151050156e2, 3.77485237685302021e2, 3.20937758913846947e3];

    private static ReadOnlySpan<double> NearDenominator => [
        1.0, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3];

    private static ReadOnlySpan<double> MiddleNumerator => [
        2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594e0, 6.61191906371416295e1, 2.98635138197400131e2,
        8.81952221241769090e2, 1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3];

    private static ReadOnlySpan<double> MiddleDenominator => [
        1.0, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3, 3.29079923573345963e3,
        4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3];

    private static ReadOnlySpan<double> FarNumerator => [
        1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1, 1.60837851487422766e-2,
        6.58749161529837803e-4];

    private static ReadOnlySpan<double> FarDenominator => [
        1.0, 2.56852019228982242e0, 1.87295284992346047e0, 5.27905102951428412e-1, 6.05183413124413191e-2, 2.33520497626869185e-3];

    /// <summary>Probability of a number below <paramref name="x"/>: (1 + erf(x / sqrt 2)) / 2.</summary>
    public static double Below(double x)
    {
        double y = Math.Abs(x) * RootOfHalf;
        if (y <= 0.46875)
            return 0.5 + 0.5 * x * RootOfHalf * RationalFunction.At(NearNumerator, NearDenominator, y * y);
        double tail = 0.5 * UpperTail(y);
        return x < 0 ? tail : 1 - tail;
    }

    /// <summary>exp(-x^2 / 2) / sqrt(2 pi).</summary>
    public static double Density(double x) => DensityAtZero * Math.Exp(-0.5 * x * x);

    /// <summary>erfc(y) for y above 0.46875.</summary>
    private static double UpperTail(double y)
    {
        if (y > 27)
            return 0;
        if (y <= 4)
            return ExpOfMinusSquare(y) * RationalFunction.At(MiddleNumerator, MiddleDenominator, y);
        double inverse = 1 / (y * y);
        return ExpOfMinusSquare(y) * ((RootOfInversePi - inverse * RationalFunction.At(FarNumerator, FarDenominator, inverse)) / y);
    }

    // y is split so that the square of the first part is exact.
    private static double ExpOfMinusSquare(double y)
    {
        double high = Math.Truncate(y * 16) / 16;
        return Math.Exp(-high * high) * Math.Exp(-(y - high) * (y + high));
    }
}
