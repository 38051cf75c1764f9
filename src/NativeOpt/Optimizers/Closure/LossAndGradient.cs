namespace NativeOpt;

/// <summary>The loss at a point and its gradient, for optimizers that ask for them several times in a step.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="weights">The point.</param>
/// <param name="gradient">To be filled; as long as the weights.</param>
/// <returns>The loss.</returns>
public delegate double LossAndGradient<T>(ReadOnlySpan<T> weights, Span<T> gradient);
