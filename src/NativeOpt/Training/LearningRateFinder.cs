using NativeOpt.Schedules;

namespace NativeOpt;

/// <summary>
/// The learning-rate range test (Smith 2015, https://arxiv.org/abs/1506.01186, section 3.3): trains for a few steps while the rate grows
/// from step to step, and watches where the loss falls fastest and where it explodes. The model comes out as it went in.
/// </summary>
/// <example>
/// <code>
/// LearningRateCurve curve = new LearningRateFinder().Run(model, x, y, batchSize: 32);
/// model.Optimizer!.LearningRate = curve.Suggestion;
/// </code>
/// </example>
public sealed record LearningRateFinder
{
    /// <summary>The first rate; finite and positive, 1e-7 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and positive.</exception>
    public double MinLearningRate { get; init => field = Require.Positive(value, nameof(MinLearningRate)); } = 1e-7;

    /// <summary>The last rate; finite and positive, 10 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite and positive.</exception>
    public double MaxLearningRate { get; init => field = Require.Positive(value, nameof(MaxLearningRate)); } = 10;

    /// <summary>Steps from the first rate to the last, each of them the same factor; at least 10, 100 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 10.</exception>
    public int Steps
    {
        get;
        init => field = value >= 10 ? value : throw new ArgumentOutOfRangeException(
            nameof(Steps), $"Steps is {value}; it must be at least 10.");
    } = 100;

    /// <summary>Share of the smoothed loss that survives a step, in [0, 1); 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside [0, 1).</exception>
    public double Smoothing { get; init => field = Require.DecayRate(value, nameof(Smoothing)); } = 0.9;

    /// <summary>The test ends when the smoothed loss is this many times the lowest one; at least 1, 4 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1, NaN or infinite.</exception>
    public double StopFactor { get; init => field = Require.AtLeastOne(value, nameof(StopFactor)); } = 4;

    /// <summary>Runs the test on arrays.</summary>
    /// <param name="model">A compiled model. The test uses its rule, but neither its optimizer nor the state of that.</param>
    /// <param name="x">Inputs.</param>
    /// <param name="y">As many targets.</param>
    /// <param name="batchSize">Rows of a step, at least 1.</param>
    /// <exception cref="ArgumentException">Sizes or labels are wrong, or the last rate is not above the first.</exception>
    /// <exception cref="InvalidOperationException">The model is not compiled, or a Fit runs on it.</exception>
    public LearningRateCurve Run(Model model, Features x, Targets y, int batchSize = 32) =>
        Run(model, new InMemoryDataset(x, y), batchSize);

    /// <inheritdoc cref="Run(Model, Features, Targets, int)"/>
    /// <param name="model">A compiled model.</param>
    /// <param name="data">Inputs and targets.</param>
    /// <param name="batchSize">Rows of a step, at least 1.</param>
    public LearningRateCurve Run(Model model, Dataset data, int batchSize = 32)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        if (MaxLearningRate <= MinLearningRate)
            throw new ArgumentException(FormattableString.Invariant(
                $"MaxLearningRate is {MaxLearningRate}; it must be greater than MinLearningRate, which is {MinLearningRate}."));
        var rates = new List<double>();
        var losses = new List<double>();
        double growth = Math.Log(MaxLearningRate / MinLearningRate) / (Steps - 1);
        model.TryRates(data, batchSize, step =>
        {
            if (step == Steps)
                return null;
            double rate = MinLearningRate * Math.Exp(growth * step);
            rates.Add(rate);
            return rate;
        }, loss => GoesOn(losses, loss));
        return new LearningRateCurve([.. rates.Take(losses.Count)], losses);
    }

    /// <summary>Adds a loss to the smoothed ones.</summary>
    /// <returns>Whether the test goes on: not where the loss explodes.</returns>
    private bool GoesOn(List<double> losses, double loss)
    {
        if (!double.IsFinite(loss))
            return false;
        // The first smoothed loss is the first one, so that there is no bias to be undone.
        double smoothed = losses.Count == 0 ? loss : Smoothing * losses[^1] + (1 - Smoothing) * loss;
        losses.Add(smoothed);
        return smoothed <= StopFactor * losses.Min();
    }
}
