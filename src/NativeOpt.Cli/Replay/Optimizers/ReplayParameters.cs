using System.Numerics;
using NativeOpt.Interop;

namespace NativeOpt.Cli.Replay.Optimizers;

/// <summary>
/// The weights of a problem as an optimizer sees them: one parameter, or several where the case splits the vector into variables.
/// </summary>
internal sealed class ReplayParameters<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] _weights;
    private readonly (string Name, int Start, int Length)[] _parts;

    /// <summary>Registers the parameters with an optimizer.</summary>
    /// <param name="optimizer">Has none yet.</param>
    /// <param name="problem">The first weights.</param>
    /// <param name="variables">"variables" of the case; null: one parameter in the shape of the problem.</param>
    /// <exception cref="ReplayException">A variable is outside the weights, or a weight is in none or in two.</exception>
    public ReplayParameters(Optimizer optimizer, ReplayProblem<T> problem, Fields[]? variables)
    {
        _weights = [.. problem.Start];
        if (variables is null)
        {
            optimizer.Register("weights", problem.Shape);
            _parts = [("weights", 0, _weights.Length)];
            return;
        }
        int next = 0;
        _parts = new (string, int, int)[variables.Length];
        for (int i = 0; i < variables.Length; i++)
        {
            (string name, long from, long to) = (variables[i].Text("name"), variables[i].Whole("from"), variables[i].Whole("to"));
            if (from != next || to <= from || to > _weights.Length)
                throw new ReplayException(
                    $"{variables[i].Path} goes from {from} to {to}; it must begin at {next} and end at {_weights.Length} or before");
            int[] shape = variables[i].Has("shape") ? variables[i].Integers("shape") : [(int)(to - from)];
            if (optimizer.Register(name, shape).Length != to - from)
                throw new ReplayException($"{variables[i].PathOf("shape")} does not have {to - from} elements");
            _parts[i] = (name, next, (int)(to - from));
            next = (int)to;
        }
        if (next != _weights.Length)
            throw new ReplayException($"variables end at {next}; there are {_weights.Length} weights");
    }

    /// <summary>The weights as they are.</summary>
    public ReadOnlySpan<T> Weights => _weights;

    /// <summary>One step.</summary>
    public void Step(Optimizer optimizer, T[] gradient)
    {
        using OptimizerStep step = optimizer.BeginStep();
        foreach ((string name, int start, int length) in _parts)
        {
            if (_weights is float[] floats)
                step.Update(name, floats.AsSpan(start, length), ((float[])(object)gradient).AsSpan(start, length));
            else
                step.UpdateDouble(
                    name, ((double[])(object)_weights).AsSpan(start, length), ((double[])(object)gradient).AsSpan(start, length));
        }
    }

    /// <summary>A slot of all parameters, one after the other.</summary>
    /// <exception cref="ReplayException">The rule has no such slot.</exception>
    public double[] Slot(Optimizer optimizer, string slot)
    {
        var values = new List<double>();
        foreach ((string name, _, int length) in _parts)
        {
            OptimizerParameter parameter = optimizer.FindParameter(name);
            var found = parameter.Block.FindSlot(parameter.Range, slot)
                ?? throw new ReplayException($"{optimizer.Rule.Name} keeps no '{slot}'");
            values.AddRange(Array.ConvertAll(found.AsSpan<T>()[..length].ToArray(), double.CreateTruncating));
        }
        return [.. values];
    }
}
