using NativeOpt.Data;
using NativeOpt.Training;

namespace NativeOpt;

// Averages of weights, and the statistics of batch normalization that belong to them.
public abstract partial class Model
{
    /// <summary>
    /// Computes the moving statistics of all batch normalization layers anew: the means over the batches of the data, each batch
    /// counting the same, as PyTorch's update_bn does. For weights that were not trained step by step, such as averages. Layers that
    /// are frozen keep theirs.
    /// </summary>
    /// <param name="x">Inputs, mostly those of training.</param>
    /// <param name="batchSize">Rows of a batch, at least 1; the last one may be shorter.</param>
    /// <exception cref="ArgumentException">Sizes are wrong; nothing has been changed.</exception>
    public void RefreshStatistics(Features x, int batchSize = DefaultBatchSize) =>
        RefreshStatistics(DataRanges.All(new InputsOnly(x.Require(nameof(x))), ArgumentNames.Arrays), batchSize);

    /// <inheritdoc cref="RefreshStatistics(Features, int)"/>
    /// <param name="data">Inputs; targets are not read.</param>
    /// <param name="batchSize">Rows of a batch, at least 1; the last one may be shorter.</param>
    public void RefreshStatistics(Dataset data, int batchSize = DefaultBatchSize) =>
        RefreshStatistics(DataRanges.All(data, ArgumentNames.Dataset), batchSize);

    /// <summary>The same for some of the rows.</summary>
    internal void RefreshStatistics(RowRange range, int batchSize)
    {
        using OperationGate.Scope scope = _gate.Enter();
        RunSize.Check(batchSize, nameof(batchSize));
        Engine engine = EnsureBuilt(range.Data.InputColumns, range.Names.Inputs);
        engine.RefreshStatistics(range, batchSize);
    }

    /// <summary>A mean of the weights of this model, of none so far.</summary>
    internal WeightMean CreateWeightMean()
    {
        using OperationGate.Scope scope = _gate.Enter();
        return new WeightMean(RequireBuilt().Network.Arena);
    }

    /// <summary>Takes the weights of now into a mean.</summary>
    internal void AddWeightsTo(WeightMean mean)
    {
        using OperationGate.Scope scope = _gate.Enter();
        mean.Add(RequireBuilt().Backend);
    }

    /// <summary>Makes a mean the weights.</summary>
    internal void TakeWeightsFrom(WeightMean mean)
    {
        using OperationGate.Scope scope = _gate.Enter();
        mean.Write(RequireBuilt().Backend);
    }
}
