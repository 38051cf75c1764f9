using NativeOpt.Interop;
using NativeOpt.Optimizers;
using NativeOpt.Text;
using NativeOpt.Training;

namespace NativeOpt;

// Weights to evaluate with, for rules that train at other points than those.
public sealed partial class Optimizer
{
    /// <summary>
    /// The weights to evaluate with. Under <see cref="ScheduleFree"/> rules the weights that are trained are y, and these are the
    /// averaged x = z + (y - z)/beta1; with <see cref="OptimizerRule.UseEma"/> they are the averages that are kept (of y, under those
    /// rules); otherwise they are the weights themselves.
    /// </summary>
    /// <param name="parameter">Name of the parameter; "weights" if a step registered it.</param>
    /// <param name="weights">The parameter as the last step left it, row-major.</param>
    /// <param name="evaluation">Receives as many weights; may be the same memory as <paramref name="weights"/>.</param>
    /// <exception cref="ArgumentException">There is no such parameter, or a length differs from its length.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is closed.</exception>
    public void GetEvaluationWeights(string parameter, ReadOnlySpan<float> weights, Span<float> evaluation)
    {
        OptimizerParameter found = FindParameter(parameter);
        CheckLength(nameof(weights), weights.Length, found.Length, $"parameter '{parameter}'");
        CheckLength(nameof(evaluation), evaluation.Length, found.Length, $"parameter '{parameter}'");
        weights.CopyTo(evaluation);
        if (found.Average?.HasStarted(found.Range) == true)
            State.GetSlot(parameter, WeightAverage.SlotName).CopyTo(evaluation);
        if (found.Average is not null || found.Block.Rule is not ScheduleFree rule || found.Block.StartsAsWeights)
            return;
        float[] z = State.GetSlot(parameter, "z");
        for (int i = 0; i < z.Length; i++)
            evaluation[i] = (float)(z[i] + ((double)evaluation[i] - z[i]) / rule.Beta1);
    }

    /// <summary>The same for a parameter of the model that the optimizer belongs to.</summary>
    /// <param name="parameter">Name of the parameter, such as "dense/kernel".</param>
    /// <returns>The weights to evaluate with, row-major.</returns>
    /// <exception cref="ArgumentException">There is no such parameter.</exception>
    /// <exception cref="InvalidOperationException">The optimizer does not belong to a model.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is closed.</exception>
    public float[] GetEvaluationWeights(string parameter)
    {
        ParameterRange range = FindParameter(parameter).Range;
        ParameterArena arena = _arena ?? throw new InvalidOperationException(
            "The optimizer does not belong to a model; give the weights that its steps have updated.");
        var evaluation = new float[range.Count];
        if (arena.Dtype == NoptDtype.F32)
            arena.Parameters.AsSpan<float>().Slice((int)range.Offset, evaluation.Length).CopyTo(evaluation);
        else
            for (int i = 0; i < evaluation.Length; i++)
                evaluation[i] = (float)arena.Parameters.AsSpan<double>()[(int)range.Offset + i];
        GetEvaluationWeights(parameter, evaluation, evaluation);
        return evaluation;
    }

    /// <summary>Before a slot is set from outside: what starts as the weights starts now.</summary>
    internal unsafe void PrepareToSetSlot(OptimizerParameter parameter, string slot)
    {
        parameter.KeptOf(slot)?.Start(parameter.Range);
        if (!parameter.Block.Rule.SlotStartsAsWeights(slot))
            return;
        if (_arena is not null)
            parameter.Block.StartSlots(_arena.Parameters.Pointer);
        parameter.Block.KeepSlots();
    }

    /// <exception cref="ArgumentException">There is no parameter of this name.</exception>
    internal OptimizerParameter FindParameter(string parameter)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(parameter);
        return _parameters.Find(candidate => candidate.Name == parameter)
            ?? throw new ArgumentException(NearestName.Explain("parameter", parameter, State.ParameterNames), nameof(parameter));
    }
}
