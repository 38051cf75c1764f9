using System.Numerics;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// The arithmetic of an optimizer that takes two sums before it updates, over each tensor or over all parameters together.
/// <see cref="IOptimizerKernel{TSelf, T}.Update"/> is its second pass.
/// </summary>
/// <typeparam name="TSelf">The kernel itself.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal interface IMeasuringKernel<TSelf, T> : IOptimizerKernel<TSelf, T>
    where TSelf : struct, IMeasuringKernel<TSelf, T>
    where T : unmanaged
{
    /// <summary>The first pass at one vector.</summary>
    /// <param name="w">Weights.</param>
    /// <param name="g">Gradients after the prologue.</param>
    /// <param name="slots">The slots in the order of the description, updated in place.</param>
    /// <returns>The terms of the two sums.</returns>
    (Vector<T> First, Vector<T> Second) Measure(Vector<T> w, Vector<T> g, Span<Vector<T>> slots);
}
