namespace NativeOpt.Cli.Tutorial.Claims;

/// <summary>Everything that is measured under one seed.</summary>
/// <param name="Race">Networks with all optimizers.</param>
/// <param name="Scan">Digits with other settings.</param>
/// <param name="Batches">Gradient descent on batches of all sizes.</param>
/// <param name="Arrays">Problems on plain arrays.</param>
/// <param name="Landscape">Surfaces.</param>
/// <param name="Backend">What computes.</param>
internal sealed record Evidence(
    NetworkRace Race, SettingScan Scan, BatchTrials Batches, ArrayMeasures Arrays, LandscapeMeasures Landscape, BackendKind Backend)
{
    /// <summary>Measures everything.</summary>
    public static Evidence Of(ClaimsSettings settings, long seed) => new(
        NetworkRace.Of(settings, seed), new SettingScan(settings, seed), BatchTrials.Of(settings, seed), ArrayMeasures.Of(settings, seed),
        LandscapeMeasures.Of(settings, seed), settings.Backend);

    /// <summary>Bytes of state for each weight.</summary>
    public double Bytes(string optimizer) => StateMeasure.BytesPerWeight(optimizer, Backend);

    /// <summary>
    /// What is left to do under noise or on sparse features, divided by what is left with plain gradient descent; the larger of the two.
    /// Each optimizer has its best rates.
    /// </summary>
    public double NoisyAndSparse(string optimizer) => Math.Max(
        Arrays.Noisy[optimizer].FinalError / Arrays.Noisy["SGD"].FinalError, SparseAgainstDescent(optimizer));

    /// <summary>The same on sparse features alone.</summary>
    public double SparseAgainstDescent(string optimizer) => Arrays.Sparse[optimizer].FinalError / Arrays.Sparse["SGD"].FinalError;

    /// <summary>Error behind a wandering minimum, divided by that of the best of the seven; each has its best rate.</summary>
    public double Tracking(string optimizer) => Arrays.Wandering[optimizer].Error / Arrays.Wandering.Values.Min(trial => trial.Error);

    /// <summary>The rate at the end of a training divided by that at its beginning, under steady noise.</summary>
    public double RateLeft(string optimizer) => Arrays.Usual[optimizer].LateRate / Arrays.Usual[optimizer].EarlyRate;
}
