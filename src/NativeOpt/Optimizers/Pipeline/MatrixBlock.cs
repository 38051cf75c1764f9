using NativeOpt.Backends;
using NativeOpt.Backends.Managed.Optimizers;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Optimizers;

/// <summary>A matrix rule at work: each parameter has slots and an operation of its own.</summary>
internal sealed unsafe class MatrixBlock : UpdateBlock
{
    private readonly MatrixRule _rule;
    private readonly MatrixParameter[] _parameters;
    private readonly AlignedBuffer _coefficients;

    /// <summary>Allocates the slots, all of them zero.</summary>
    /// <param name="rule">Decides which kernels there are.</param>
    /// <param name="rows">The parameters; the block disposes it.</param>
    public MatrixBlock(MatrixRule rule, StepRows rows) : base(rule, rows)
    {
        _rule = rule;
        _coefficients = AlignedBuffer.Allocate((rule.CoefficientCount + 1) * sizeof(double));
        _parameters = [.. rows.Ranges.Select((range, i) => new MatrixParameter(rule, rows, i))];
    }

    /// <inheritdoc/>
    public override IEnumerable<string> SlotNames => _parameters.SelectMany(parameter => parameter.SlotNames).Distinct();

    /// <inheritdoc/>
    public override SlotPlace? FindSlot(ParameterRange parameter, string name) =>
        Array.Find(_parameters, candidate => ReferenceEquals(candidate.Range, parameter))!.FindSlot(name);

    /// <inheritdoc/>
    public override void AddUpdate(StepPlan plan, ArrayPlaces places, IBackend backend)
    {
        plan.Use(_coefficients);
        plan.Use(Rows.Control);
        foreach (MatrixParameter parameter in _parameters)
            if (parameter.Range.IsTrained)
                parameter.AddUpdate(plan, places, backend, (double*)_coefficients.Pointer);
    }

    /// <inheritdoc/>
    public override void Prepare(in StepNumbers numbers)
    {
        Rows.Write(numbers);
        _rule.WriteCoefficients(_coefficients.AsSpan<double>()[.._rule.CoefficientCount]);
        foreach (MatrixParameter parameter in _parameters)
            _rule.WriteScalars(numbers.Step, numbers.LearningRate, parameter.Range.Shape, parameter.Scalars);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (MatrixParameter parameter in _parameters)
            parameter.Dispose();
        _coefficients.Dispose();
        base.Dispose();
    }
}
