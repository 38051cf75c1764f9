namespace NativeOpt;

/// <summary>One array of a step over several: see <see cref="Optimizer.Step(ReadOnlySpan{ParameterUpdate})"/>.</summary>
/// <param name="Name">Name of a parameter that <see cref="Optimizer.Register"/> has made known.</param>
/// <param name="Weights">The parameter, row-major; in and out.</param>
/// <param name="Gradients">Its gradient, of the same length.</param>
public readonly record struct ParameterUpdate(string Name, Memory<float> Weights, ReadOnlyMemory<float> Gradients);
