using NativeOpt.Backends.Managed;
using NativeOpt.Backends.Managed.Losses;
using NativeOpt.Interop;
using NativeOpt.Losses;

namespace NativeOpt;

/// <summary>
/// The mean of a loss over the rows, in double and whatever the loss' own reduction is: mean squared error, log loss, hinge ... as
/// metrics. Rows of an ignored class do not count.
/// </summary>
public sealed class LossMetric : MeanMetric
{
    private readonly Loss _loss;
    private readonly double _sign;
    private readonly double[] _classWeights;
    private Scratch _scratch = new();
    private double[] _rows = [];
    private CustomLossPass? _pass;

    /// <summary>Named as the loss.</summary>
    /// <exception cref="ArgumentException">The settings of the loss contradict each other.</exception>
    public LossMetric(Loss loss) : this(loss, sign: 1) { }

    /// <summary>With a sign of -1 a similarity is positive where the loss is negative.</summary>
    internal LossMetric(Loss loss, double sign) : base(RequireLoss(loss).Name)
    {
        (_loss, _sign) = (loss, sign);
        _classWeights = [.. loss.TermWeights ?? []];
    }

    /// <summary>The loss.</summary>
    internal Loss Loss => _loss;

    /// <summary>Whether the metric is the negative of the loss.</summary>
    internal bool IsNegative => _sign < 0;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The targets are not what the loss takes, or a label is no class.</exception>
    public override unsafe void Update(MetricBatch batch)
    {
        ReadOnlySpan<double> rows = _loss.TakesLabels ? [] : RowsOf(batch);
        CheckLabels(batch);
        fixed (double* predictions = batch.Predictions, targets = rows, weights = batch.Weights, classes = _classWeights)
        fixed (int* labels = batch.Labels)
        {
            double sum = 0;
            NoptLossArgs args = (_loss is CustomLoss ? default : _loss.Describe(_loss.TakesLogits)) with
            {
                Y = Matrix(predictions, batch.Rows, batch.Columns, NoptDtype.F64),
                Targets = _loss.TakesLabels
                    ? Matrix(labels, batch.Rows, 1, NoptDtype.I32)
                    : Matrix(targets, batch.Rows, batch.Columns, NoptDtype.F64),
                SampleWeights = batch.Weights.IsEmpty || _loss.IsOfWholeBatch ? default : Matrix(weights, batch.Rows, 1, NoptDtype.F64),
                ClassWeights = _classWeights.Length == 0 ? default : Matrix(classes, 1, batch.Columns, NoptDtype.F64),
                LossSum = &sum,
            };
            if (_loss is CustomLoss custom)
                (_pass ??= new CustomLossPass(custom, batch.Columns)).Run(args, batch.Rows);
            else
                LossOperation.Run(&args, _scratch);
            double weight = CountedWeight(batch);
            Add(_sign * sum * (_loss.IsOfWholeBatch ? weight : 1), weight);
        }
    }

    /// <inheritdoc/>
    protected internal override Metric Copy()
    {
        var copy = (LossMetric)base.Copy();
        (copy._scratch, copy._rows, copy._pass) = (new Scratch(), [], null);
        return copy;
    }

    /// <inheritdoc/>
    internal override Metric Resolve(Loss loss, int outputs)
    {
        if (_loss.TakesLabels != loss.TakesLabels)
            throw Misfit(loss, _loss.TakesLabels ? "one class number a row" : "rows as wide as the output");
        return this;
    }

    // The operation trusts its arguments.
    private void CheckLabels(MetricBatch batch)
    {
        if (_classWeights.Length != 0 && _classWeights.Length != batch.Columns)
            throw new ArgumentException($"metric '{Name}' has {_classWeights.Length} class weights; rows have {batch.Columns} columns");
        if (!_loss.TakesLabels)
            return;
        if (!batch.HasLabels && batch.Rows > 0)
            throw new ArgumentException($"metric '{Name}' compares with one class number a row; the targets are rows");
        for (int row = 0; row < batch.Labels.Length && _loss is not CustomLoss; row++)
        {
            if ((uint)batch.Labels[row] >= (uint)batch.Columns && batch.Labels[row] != _loss.IgnoredLabel)
                throw new ArgumentException(
                    $"row {row} has label {batch.Labels[row]}; metric '{Name}' has classes 0 to {batch.Columns - 1}");
        }
    }

    // Class numbers become rows with a 1 in their column, or the number itself where there is one column.
    private ReadOnlySpan<double> RowsOf(MetricBatch batch)
    {
        if (!batch.HasLabels)
            return batch.Targets;
        if (_rows.Length < batch.Predictions.Length)
            _rows = new double[batch.Predictions.Length];
        for (int i = 0; i < batch.Predictions.Length; i++)
            _rows[i] = batch.Target(i / batch.Columns, i % batch.Columns);
        return _rows.AsSpan(0, batch.Predictions.Length);
    }

    private double CountedWeight(MetricBatch batch)
    {
        double sum = 0;
        for (int row = 0; row < batch.Rows; row++)
            sum += batch.HasLabels && batch.Labels[row] == _loss.IgnoredLabel ? 0 : batch.Weight(row);
        return sum;
    }

    private static Loss RequireLoss(Loss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        loss.Check();
        return loss;
    }

    private static unsafe NoptMatrix Matrix(void* data, int rows, int columns, NoptDtype dtype) =>
        new() { Data = data, Rows = rows, Columns = columns, Stride = columns, Dtype = (int)dtype };
}
