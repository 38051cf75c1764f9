using NativeOpt.Backends;
using NativeOpt.Data;
using NativeOpt.Interop;

namespace NativeOpt.Training;

/// <summary>What one thread predicts with: memory for a batch, a plan, and a backend of its own. The weights are the network's.</summary>
internal sealed class PredictionSeat(Network network, IBackend backend) : IDisposable
{
    private Workspace? _workspace;

    /// <summary>Makes room for batches of that many rows; does nothing where there is.</summary>
    public void EnsureCapacity(int rows)
    {
        if (_workspace?.Capacity >= rows)
            return;
        NetworkSizes.CheckBatch(network, rows);
        _workspace?.Dispose();
        _workspace = null;
        _workspace = new Workspace(network, objective: null, optimizer: null, rows);
    }

    /// <summary>Outputs of rows of a data set, [rows, outputs]; valid until the next run.</summary>
    public NoptMatrix Predict(Dataset data, ReadOnlySpan<int> rows)
    {
        _workspace!.Batch.LoadInputs(data, rows);
        return Run(rows.Length);
    }

    /// <summary>Outputs of inputs, row by row; F32 only. Allocates nothing.</summary>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        Workspace workspace = _workspace!;
        inputs.CopyTo(workspace.Batch.Inputs.AsSpan<float>());
        NoptMatrix result = Run(inputs.Length / network.InputColumns);
        unsafe
        {
            new ReadOnlySpan<float>(result.Data, outputs.Length).CopyTo(outputs);
        }
        GC.KeepAlive(workspace);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _workspace?.Dispose();
        backend.Dispose();
    }

    private NoptMatrix Run(int rows)
    {
        NetworkPlan plan = _workspace!.Predict;
        plan.Run(backend, rows);
        return plan.Output with { Rows = rows };
    }
}
