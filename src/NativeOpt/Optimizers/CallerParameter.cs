using NativeOpt.Backends;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Optimizers;

/// <summary>A parameter whose values live in the caller's own arrays: a part of a step whose pointers are set for a call.</summary>
internal sealed class CallerParameter : IDisposable
{
    public CallerParameter(Optimizer owner, string name, int[] shape, long length, NoptDtype dtype, IBackend backend) =>
        Part = new StepPart(owner, [new ParameterRange(name, shape, Offset: 0, length)], dtype, new ArrayPlaces(), backend);

    /// <summary>What the steps do.</summary>
    public StepPart Part { get; }

    /// <summary>What the caller sees.</summary>
    public OptimizerParameter Parameter => Part.Parameters[0];

    /// <summary>Number of the step that updated this parameter last; 0: none yet.</summary>
    public long LastTicket { get; set; }

    /// <summary>Releases plans and slots.</summary>
    public void Dispose() => Part.Dispose();
}
