namespace NativeOpt.Schedules;

/// <summary>What <see cref="EarlyStop"/> knows after some epochs.</summary>
/// <param name="Best">The best value so far.</param>
/// <param name="BestEpoch">Its epoch, from 0.</param>
/// <param name="KeptEpoch">The epoch whose weights are the ones to restore; null before any was looked at.</param>
/// <param name="Wait">Epochs in a row that were not better.</param>
/// <param name="Keeps">Whether the last epoch looked at is that one.</param>
/// <param name="Stops">The training ends after this epoch.</param>
internal readonly record struct EarlyStopState(double Best, int BestEpoch, int? KeptEpoch, int Wait, bool Keeps, bool Stops);
