namespace NativeOpt.Optimizers;

/// <summary>What rules have in common that estimate the distance d to the solution and use it as a learning rate.</summary>
internal static class DistanceEstimate
{
    /// <summary>Places of the kept numbers.</summary>
    public const int Distance = 0, Numerator = 1, Rate = 2;

    /// <summary>An estimate beyond this is of a run that has diverged.</summary>
    private const double Largest = 1e30;

    /// <summary>Names and first values of the numbers kept from step to step.</summary>
    public static IReadOnlyList<KeyValuePair<string, double>> KeptNumbers(double initialEstimate) =>
        [new("d", initialEstimate), new("numerator", 0), new("rate", 0)];

    /// <summary>The learning rate of Adam with its bias corrections, times d.</summary>
    public static double AdamRate(double d, double learningRate, long step, double beta1, double beta2) =>
        d * learningRate * Math.Sqrt(1 - Math.Pow(beta2, step)) / (1 - Math.Pow(beta1, step));

    /// <summary>Takes a larger estimate over; d never falls, and gradients that are 0 or no numbers say nothing about it.</summary>
    public static void Raise(Span<double> kept, double found)
    {
        if (found > kept[Distance] && found <= Largest)
            kept[Distance] = found;
    }
}
