namespace NativeOpt.Training;

/// <summary>A place in a Fit.</summary>
/// <param name="Epoch">From 0.</param>
/// <param name="Batch">Within the epoch, from 0.</param>
internal readonly record struct FitPosition(int Epoch, int Batch);
