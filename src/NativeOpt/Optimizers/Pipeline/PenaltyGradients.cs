using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Optimizers;

/// <summary>
/// The gradients of the penalties of a model's parameters, taken at the weights as they are. A step takes them at the weights that it
/// updates, in the same pass; this is for gradients that were taken elsewhere.
/// </summary>
internal sealed unsafe class PenaltyGradients(ParameterArena arena, IBackend backend) : IDisposable
{
    private readonly ParameterRules _rules =
        new(arena.Ranges, arena.Dtype, new ArrayPlaces(arena.Parameters, arena.Gradients));
    private readonly List<nint> _args = [];
    private StepPlan? _plan;

    /// <summary>Adds them to the gradients of the model, times a factor.</summary>
    public void Add(double factor)
    {
        // Not before: compiling a model decides which of its parameters are trained.
        _plan ??= Build();
        _rules.GradientScale = 1 / factor;
        foreach (nint args in _args)
            ((NoptPenaltyArgs*)args)->GradientScale = factor;
        _plan.Run(backend);
    }

    /// <inheritdoc/>
    public void Dispose() => _plan?.Dispose();

    private StepPlan Build()
    {
        var plan = new StepPlan();
        _rules.AddRegularizers(plan);
        void* parameters = plan.Use(arena.Parameters), gradients = plan.Use(arena.Gradients);
        foreach (ParameterRange range in arena.Ranges)
        {
            if (range is not { IsTrained: true, Regularizer.Factors: { } factors })
                continue;
            long offset = range.Offset * ParameterArena.ElementSize(arena.Dtype);
            _args.Add((nint)plan.Add(NoptOpKind.Penalty, new NoptPenaltyArgs
            {
                StructSize = (uint)sizeof(NoptPenaltyArgs),
                L1 = factors.L1,
                L2 = factors.L2,
                X = range.ToMatrix((byte*)parameters + offset, arena.Dtype),
                Dx = range.ToMatrix((byte*)gradients + offset, arena.Dtype),
                Value = (double*)plan.Allocate(sizeof(double)),
            }));
        }
        return plan;
    }
}
