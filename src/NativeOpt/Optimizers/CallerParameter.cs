using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Optimizers;

/// <summary>
/// A parameter whose values live in the caller's own arrays: a plan of one step whose pointers are set for the time of a call.
/// </summary>
internal sealed unsafe class CallerParameter : IDisposable
{
    private readonly StepPlan _plan = new();
    private readonly NoptOptimizerStepArgs* _args;

    public CallerParameter(Optimizer owner, string name, int[] shape, long length, NoptDtype dtype, int optimizerId)
    {
        var range = new ParameterRange(name, shape, Offset: 0, length);
        var block = new StepBlock(owner.ActiveRule, [range], length, dtype);
        Parameter = new OptimizerParameter(owner, range, block);
        _args = block.AddTo(_plan, optimizerId, parameters: null, gradients: null);
    }

    /// <summary>What the caller sees.</summary>
    public OptimizerParameter Parameter { get; }

    /// <summary>Number of the step that updated this parameter last; 0: none yet.</summary>
    public long LastTicket { get; set; }

    /// <summary>Updates <paramref name="weights"/> in place; both spans have the parameter's length.</summary>
    public void Run<T>(IBackend backend, long step, double learningRate, Span<T> weights, ReadOnlySpan<T> gradients)
        where T : unmanaged
    {
        Parameter.Block.Prepare(step, learningRate, Parameter.Owner.State.KeptNumbers);
        fixed (T* w = weights)
        fixed (T* g = gradients)
        {
            _args->Parameters = w;
            _args->Gradients = g;
            try
            {
                Parameter.Block.StartSlots(w);
                _plan.Run(backend);
                Parameter.Block.KeepSlots();
            }
            finally
            {
                _args->Parameters = null;
                _args->Gradients = null;
            }
        }
    }

    /// <summary>Releases plan and slots.</summary>
    public void Dispose()
    {
        _plan.Dispose();
        Parameter.Block.Dispose();
    }
}
