namespace NativeOpt.Backends.Managed.Activations;

/// <summary>Functions of exp and log that keep their accuracy where the plain formula cancels.</summary>
internal static class Elementary
{
    /// <summary>exp(-|x|).</summary>
    public static double Decay(double x) => Math.Exp(-Math.Abs(x));

    /// <summary>1 / (1 + exp(-x)), where e is exp(-|x|).</summary>
    public static double Sigmoid(double x, double e) => (x < 0 ? e : 1) / (1 + e);

    /// <summary>The derivative of the logistic function, where e is exp(-|x|).</summary>
    public static double Bell(double e) => e / ((1 + e) * (1 + e));

    /// <summary>exp(x) - 1. The rounding of exp is divided out (Kahan).</summary>
    public static double ExpMinusOne(double x)
    {
        double u = Math.Exp(x);
        double difference = u - 1;
        if (difference == 0)
            return x;
        return difference == -1 || double.IsInfinity(u) ? difference : difference * (x / Math.Log(u));
    }

    /// <summary>log(1 + x) for x of at least 0. The rounding of 1 + x is divided out (Kahan).</summary>
    public static double LogOnePlus(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : Math.Log(u) * (x / (u - 1));
    }
}
