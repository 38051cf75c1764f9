namespace NativeOpt.Optimizers;

/// <summary>What gradients are multiplied by in a step.</summary>
/// <param name="OfArrivals">Those that are added to others: 1 / the loss scale.</param>
/// <param name="OfUpdate">Those of the update: 1 / their number for a mean; 1 / the loss scale where nothing accumulates.</param>
internal readonly record struct GradientScales(double OfArrivals, double OfUpdate);
