namespace NativeOpt.Backends.Managed.Optimizers;

/// <summary>
/// The arithmetic of an optimizer whose sums run over each tensor. For the second pass it is created with one scalar more, at the end:
/// what <see cref="Combine"/> returned.
/// </summary>
/// <typeparam name="TSelf">The kernel itself.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal interface ILayerwiseKernel<TSelf, T> : IMeasuringKernel<TSelf, T>
    where TSelf : struct, ILayerwiseKernel<TSelf, T>
    where T : unmanaged
{
    /// <summary>What the sums over a tensor mean for the second pass.</summary>
    /// <param name="sums">The two sums.</param>
    /// <param name="scalars">The row of scalars.</param>
    /// <param name="numbers">The numbers that the rule keeps for the tensor; moved on.</param>
    static abstract double Combine(ReadOnlySpan<double> sums, ReadOnlySpan<double> scalars, Span<double> numbers);
}
