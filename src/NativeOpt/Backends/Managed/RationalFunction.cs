namespace NativeOpt.Backends.Managed;

/// <summary>Quotients of two polynomials.</summary>
internal static class RationalFunction
{
    /// <summary>The value at <paramref name="x"/>; both polynomials have as many coefficients, the highest power first.</summary>
    public static double At(ReadOnlySpan<double> numerator, ReadOnlySpan<double> denominator, double x)
    {
        (double above, double below) = (0, 0);
        for (int i = 0; i < numerator.Length; i++)
            (above, below) = (above * x + numerator[i], below * x + denominator[i]);
        return above / below;
    }
}
