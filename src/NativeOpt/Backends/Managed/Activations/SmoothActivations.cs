namespace NativeOpt.Backends.Managed.Activations;

// Formulas as in the native core's activation_smooth-inl.h: none overflows or cancels.

/// <summary>x > 0: x; else p (exp(x) - 1) (Clevert et al. 2016).</summary>
internal readonly struct Elu : ISmoothActivation
{
    public static double Value(double x, double p) => x > 0 ? x : p * Elementary.ExpMinusOne(x);

    public static double Derivative(double v, double p) => v > 0 ? 1 : v + p;
}

/// <summary>The two numbers that keep mean 0 and variance 1 (Klambauer et al. 2017).</summary>
internal readonly struct Selu : ISmoothActivation
{
    private const double Scale = 1.0507009873554804934, ScaledAlpha = Scale * 1.6732632423543772848;

    public static double Value(double x, double p) => x > 0 ? Scale * x : ScaledAlpha * Elementary.ExpMinusOne(x);

    public static double Derivative(double v, double p) => v > 0 ? Scale : v + ScaledAlpha;
}

/// <summary>x > 0: x; else p (exp(x / p) - 1) (Barron 2017).</summary>
internal readonly struct Celu : ISmoothActivation
{
    public static double Value(double x, double p) => x > 0 ? x : p * Elementary.ExpMinusOne(x / p);

    public static double Derivative(double v, double p) => v > 0 ? 1 : v / p + 1;
}

/// <summary>x P(X &lt; x) for a standard normal X (Hendrycks and Gimpel 2016).</summary>
internal readonly struct Gelu : ISmoothActivation
{
    public static double Value(double x, double p) => Pieces.Faded(x, NormalDistribution.Below(x));

    public static double Derivative(double v, double p) =>
        NormalDistribution.Below(v) + Pieces.Faded(v, NormalDistribution.Density(v));
}

/// <summary>x (1 + tanh u) / 2 = x sigmoid(2 u), u = sqrt(2 / pi) (x + 0.044715 x^3).</summary>
internal readonly struct GeluTanh : ISmoothActivation
{
    private const double Cubic = 0.044715, TwoRoots = 1.5957691216057307; // 2 sqrt(2 / pi)

    public static double Value(double x, double p)
    {
        double u = TwiceU(Bounded(x));
        return Pieces.Faded(x, Elementary.Sigmoid(u, Elementary.Decay(u)));
    }

    public static double Derivative(double v, double p)
    {
        double b = Bounded(v);
        double u = TwiceU(b);
        double e = Elementary.Decay(u);
        return Elementary.Sigmoid(u, e) + b * (TwoRoots * (1 + 3 * Cubic * (b * b))) * Elementary.Bell(e);
    }

    // Beyond 30 the logistic function is 0 or 1, and x^3 would overflow.
    private static double Bounded(double x) => Pieces.Clamp(x, -30, 30);

    private static double TwiceU(double x) => TwoRoots * (x + Cubic * (x * x * x));
}

/// <summary>x sigmoid(p x) (Elfwing et al. 2018, Ramachandran et al. 2017).</summary>
internal readonly struct Silu : ISmoothActivation
{
    public static double Value(double x, double p) => Pieces.Faded(x, Elementary.Sigmoid(p * x, Elementary.Decay(p * x)));

    public static double Derivative(double v, double p)
    {
        double e = Elementary.Decay(p * v);
        return Elementary.Sigmoid(p * v, e) + Pieces.Faded(p * v, Elementary.Bell(e));
    }
}

/// <summary>
/// x tanh(log(1 + exp(x))) (Misra 2019). With e = exp(-|x|), tanh(..) = a / (a + b): above 0, a = 1 + 2 e and b = 2 e^2; else
/// a = e^2 + 2 e and b = 2. Its derivative is 4 (1 + e) c / (a + b)^2, c = e^2 above 0, else e.
/// </summary>
internal readonly struct Mish : ISmoothActivation
{
    public static double Value(double x, double p)
    {
        (double a, double sum, _) = Ratio(x, Elementary.Decay(x));
        return Pieces.Faded(x, a / sum);
    }

    public static double Derivative(double v, double p)
    {
        double e = Elementary.Decay(v);
        (double a, double sum, double c) = Ratio(v, e);
        return a / sum + Pieces.Faded(v, 4 * (1 + e) * c / (sum * sum));
    }

    private static (double A, double Sum, double C) Ratio(double x, double e) =>
        x > 0 ? (1 + 2 * e, 1 + 2 * e + 2 * e * e, e * e) : (e * e + 2 * e, e * e + 2 * e + 2, e);
}

/// <summary>log(1 + exp(p x)) / p; derivative sigmoid(p x) = 1 - exp(-p y).</summary>
internal readonly struct Softplus : ISmoothActivation
{
    public static double Value(double x, double p) => Math.Max(x, 0) + Elementary.LogOnePlus(Elementary.Decay(p * x)) / p;

    public static double Derivative(double v, double p) => -Elementary.ExpMinusOne(-p * v);
}

/// <summary>log(sigmoid(x)); derivative sigmoid(-x) = 1 - exp(y).</summary>
internal readonly struct LogSigmoid : ISmoothActivation
{
    public static double Value(double x, double p) => Math.Min(x, 0) - Elementary.LogOnePlus(Elementary.Decay(x));

    public static double Derivative(double v, double p) => -Elementary.ExpMinusOne(v);
}

/// <summary>x - tanh(x); derivative tanh(x)^2.</summary>
internal readonly struct TanhShrink : ISmoothActivation
{
    public static double Value(double x, double p) => x - Math.Tanh(x);

    public static double Derivative(double v, double p) => Math.Tanh(v) * Math.Tanh(v);
}
