using NativeOpt.Optimizers;

namespace NativeOpt;

/// <summary>
/// What <see cref="Adafactor"/>, <see cref="Muon"/> and <see cref="Sm3"/> have in common: a step takes a whole parameter at a time,
/// and what it does depends on the shape.
/// </summary>
public abstract record MatrixRule : OptimizerRule
{
    /// <summary>For the rules of this library.</summary>
    private protected MatrixRule(double learningRate) : base(learningRate) { }

    internal sealed override UpdateBlock CreateBlock(StepRows rows) => new MatrixBlock(this, rows);

    internal override bool DecouplesWeightDecay => true;

    internal override int ShareOf(string parameter, IReadOnlyList<int> shape) => shape.Count <= 2 ? 0
        : throw new ArgumentException(
            $"Parameter '{parameter}' is [{string.Join(", ", shape)}]; {Name} takes vectors and matrices.", nameof(parameter));

    /// <summary>Name of the kernel that updates parameters of this shape, vectors or matrices.</summary>
    internal abstract string KernelOf(IReadOnlyList<int> shape);

    /// <summary>The scalars of <see cref="KernelOf"/> for one parameter.</summary>
    internal virtual void WriteScalars(long step, double learningRate, IReadOnlyList<int> shape, Span<double> scalars) =>
        WriteScalars(step, learningRate, scalars);

    /// <summary>How many numbers <see cref="WriteCoefficients"/> writes; fixed for the life of an optimizer.</summary>
    internal virtual int CoefficientCount => 0;

    /// <summary>Further numbers of the kernel, the same for all parameters.</summary>
    internal virtual void WriteCoefficients(Span<double> coefficients) { }
}
