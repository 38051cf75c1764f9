using NativeOpt.Backends.Managed;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt.Checking;

/// <summary>A copy of a model in double with one batch: its loss, and the gradients of that loss.</summary>
internal sealed unsafe class ModelProbe : IDisposable
{
    private readonly ManagedBackend _backend = new();
    private readonly Network _network;
    private readonly Workspace _workspace;
    private readonly int _rows;

    /// <exception cref="ArgumentException">The batch does not fit the model.</exception>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    public ModelProbe(Model model, Features x, Targets y)
    {
        var data = new InMemoryDataset(x, y);
        _rows = data.Count;
        Objective objective = model.RequireObjective(new RowRange(data, 0, data.Count, ArgumentNames.Arrays));
        _network = new Network([.. model.Layers.Select(layer => layer.Copy())], data.InputColumns, NoptDtype.F64);
        _network.Initialize((ulong)model.Seed, _backend);
        model.CopyParameters(_network.Arena.Parameters.AsSpan<double>());
        _workspace = new Workspace(_network, objective, optimizer: null, _rows);
        _workspace.Batch.Load(data, [.. Enumerable.Range(0, _rows)]);
    }

    /// <summary>The parameters that have a gradient.</summary>
    public IEnumerable<ParameterRange> Trained => _network.Arena.Ranges.Where(range => range.IsTrained);

    /// <summary>All parameters, as the arena has them.</summary>
    public double[] Parameters() => _network.Arena.Parameters.AsSpan<double>().ToArray();

    /// <summary>The gradients of the loss, in the same places. Those of penalties of parameters are otherwise the optimizer's part.</summary>
    public double[] Gradients()
    {
        Loss();
        double[] parameters = Parameters();
        double[] gradients = _network.Arena.Gradients.AsSpan<double>().ToArray();
        foreach (ParameterRange range in Trained)
        {
            (int offset, int count) = ((int)range.Offset, (int)range.Count);
            range.Regularizer?.AddGradient(parameters.AsSpan(offset, count), range.Shape, gradients.AsSpan(offset, count));
        }
        return gradients;
    }

    /// <summary>The loss with one parameter changed for the moment.</summary>
    public double LossWith(int element, double value)
    {
        double before = _network.Arena.Parameters.AsSpan<double>()[element];
        _network.Arena.Parameters.AsSpan<double>()[element] = value;
        double loss = Loss();
        _network.Arena.Parameters.AsSpan<double>()[element] = before;
        return loss;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _workspace.Dispose();
        _network.Dispose();
        _backend.Dispose();
    }

    private double Loss()
    {
        _network.Arena.Gradients.AsSpan<double>().Clear();
        double divisor = _workspace.PrepareLoss(_workspace.Backward, _rows);
        _workspace.Forward.Run(_backend, _rows);
        _workspace.Backward.Run(_backend, _rows);
        return (divisor == 0 ? 0 : *_workspace.Backward.LossSum / divisor) + _workspace.Backward.Penalty;
    }
}
