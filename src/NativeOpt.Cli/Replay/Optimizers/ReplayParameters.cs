using System.Numerics;
using NativeOpt.Optimizers;

namespace NativeOpt.Cli.Replay.Optimizers;

/// <summary>
/// The weights of a problem as an optimizer sees them: one parameter, or several where the case splits the vector into variables.
/// </summary>
internal sealed class ReplayParameters<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Optimizer _optimizer;
    private readonly List<(string Name, T[] Weights)> _parts = [];

    /// <summary>Registers the parameters with an optimizer.</summary>
    /// <param name="optimizer">Has none yet.</param>
    /// <param name="problem">The first weights.</param>
    /// <param name="variables">"variables" of the case; null: one parameter in the shape of the problem.</param>
    /// <exception cref="ReplayException">A variable is outside the weights, or a weight is in none or in two.</exception>
    public ReplayParameters(Optimizer optimizer, ReplayProblem<T> problem, Fields[]? variables)
    {
        _optimizer = optimizer;
        if (variables is null)
        {
            Add("weights", problem.Shape, problem.Start);
            return;
        }
        int next = 0;
        foreach (Fields variable in variables)
        {
            (long from, long to) = (variable.Whole("from"), variable.Whole("to"));
            if (from != next || to <= from || to > problem.Start.Length)
                throw new ReplayException(
                    $"{variable.Path} goes from {from} to {to}; it must begin at {next} and end at {problem.Start.Length} or before");
            next = (int)to;
            Add(variable.Text("name"), variable.Has("shape") ? variable.Integers("shape") : [(int)(to - from)],
                problem.Start[(int)from..next]);
        }
        if (next != problem.Start.Length)
            throw new ReplayException($"variables end at {next}; there are {problem.Start.Length} weights");
    }

    /// <summary>The weights as they are, of all parameters one after the other.</summary>
    public T[] Weights => [.. _parts.SelectMany(part => part.Weights)];

    /// <summary>One step.</summary>
    public void Step(T[] gradient)
    {
        int start = 0;
        T[][] gradients = [.. _parts.Select(part => gradient[start..(start += part.Weights.Length)])];
        if (typeof(T) == typeof(float))
            _optimizer.Step([.. _parts.Zip(gradients, (part, g) =>
                new ParameterUpdate(part.Name, (float[])(object)part.Weights, (float[])(object)g))]);
        else
            _optimizer.StepDouble([.. _parts.Zip(gradients, (part, g) =>
                (part.Name, (double[])(object)part.Weights, (double[])(object)g))]);
    }

    /// <summary>A slot of all parameters, one after the other.</summary>
    /// <exception cref="ReplayException">The rule has no such slot.</exception>
    public double[] Slot(string slot)
    {
        var values = new List<double>();
        foreach ((string name, T[] weights) in _parts)
        {
            SlotPlace found = _optimizer.FindParameter(name).FindSlot(slot)
                ?? throw new ReplayException($"{_optimizer.Rule.Name} keeps no '{slot}'");
            values.AddRange(Array.ConvertAll(found.AsSpan<T>()[..weights.Length].ToArray(), double.CreateTruncating));
        }
        return [.. values];
    }

    private void Add(string name, int[] shape, T[] weights)
    {
        if (_optimizer.Register(name, shape).Length != weights.Length)
            throw new ReplayException($"the shape of '{name}' is [{string.Join(", ", shape)}]; it has {weights.Length} weights");
        _parts.Add((name, [.. weights]));
    }
}
