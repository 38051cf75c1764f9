namespace NativeOpt.Cli.Tutorial.Surfaces;

/// <summary>Where an optimizer ended from many starts.</summary>
/// <param name="Optimizer">Its name.</param>
/// <param name="LearningRate">Its rate.</param>
/// <param name="Noise">Standard deviation of the noise on each gradient; 0: none.</param>
/// <param name="Starts">Number of starts.</param>
/// <param name="Lowest">How many ended nearest to the lowest minimum.</param>
/// <param name="Lost">How many left for infinity.</param>
internal sealed record BasinRow(string Optimizer, double LearningRate, double Noise, int Starts, int Lowest, int Lost)
{
    /// <summary>Share of the starts that ended at the lowest minimum.</summary>
    public double Share => (double)Lowest / Starts;
}
