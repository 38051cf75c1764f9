using NativeOpt.Interop;

namespace NativeOpt.Optimizers;

/// <summary>The slow weights of <see cref="Lookahead"/>, which start as the weights before the first step.</summary>
internal sealed class SlowWeights(StepRows rows, Lookahead lookahead) : KeptWeights(rows, NoptAverageForm.Towards)
{
    /// <summary>What the slow weights of a parameter are called among its slots.</summary>
    public const string SlotName = "slow";

    private bool _isDue;

    protected override double Keep => _isDue ? 1 - lookahead.SlowStepSize : 1;

    protected override double KeepAtFirst => Keep;

    protected override bool IsOverwriting => _isDue;

    /// <summary>Before a step: what has not started yet becomes a copy of the weights.</summary>
    /// <param name="weights">The piece of memory from offset 0 of its parameters.</param>
    public unsafe void StartFrom(void* weights) => CopyFrom(weights);

    /// <summary>Sets the numbers of the next step.</summary>
    /// <param name="step">Number of the step, from 1.</param>
    public void Prepare(long step)
    {
        _isDue = step % lookahead.SyncPeriod == 0;
        WriteNumbers();
    }
}
