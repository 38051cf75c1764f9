using System.Numerics;

namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// The arithmetic of one optimizer on one vector of elements, with the scalars of one row. Multiplications and additions stay
/// separate and in the order written: the results agree with the native kernels bit by bit.
/// </summary>
/// <typeparam name="TSelf">The kernel itself.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal interface IOptimizerKernel<TSelf, T>
    where TSelf : struct, IOptimizerKernel<TSelf, T>
    where T : unmanaged
{
    /// <summary>Rounds the scalars to the element type, each of them once.</summary>
    static abstract TSelf Create(ReadOnlySpan<double> scalars, uint variant);

    /// <summary>One step.</summary>
    /// <param name="w">Weights.</param>
    /// <param name="g">Gradients after the prologue.</param>
    /// <param name="slots">The slots in the order of the description, updated in place.</param>
    /// <returns>The new weights.</returns>
    Vector<T> Update(Vector<T> w, Vector<T> g, Span<Vector<T>> slots);
}
