using System.Globalization;
using NativeOpt.Interop;
using NativeOpt.Losses;
using NativeOpt.Metrics;

namespace NativeOpt.Training;

/// <summary>What a built model is trained and judged by: loss, metrics, and which targets they take.</summary>
internal sealed class Objective
{
    private readonly Layer _lastLayer;
    private readonly int _outputs;

    /// <summary>Fits loss and metrics to the last layer, which need not be built.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="metrics">The metrics.</param>
    /// <param name="lastLayer">The last layer.</param>
    /// <param name="outputs">Columns of its output.</param>
    /// <exception cref="ArgumentException">They do not fit it.</exception>
    public Objective(Loss loss, Metric[] metrics, Layer lastLayer, int outputs)
    {
        bool sameActivation = lastLayer.Activation is { } last && last == loss.FusedActivation;
        if (sameActivation && loss.TakesLogits)
            throw new ArgumentException(
                $"{loss.Name} with FromLogits applies {lastLayer.Activation} itself, and layer '{lastLayer.Name}' ends in it already; "
                + "leave one of them out", nameof(loss));
        if (loss.TermWeights is { } weights && weights.Count != outputs)
            throw new ArgumentException(
                $"{loss.Name} has {weights.Count} ClassWeights; layer '{lastLayer.Name}' has {outputs} outputs", nameof(loss));
        (Loss, _lastLayer, _outputs) = (loss, lastLayer, outputs);
        // A penalty of the output needs the output.
        IsFused = sameActivation && lastLayer.ActivityRegularizer is null;
        EvaluationMetrics = new MetricSet(metrics.Select(metric => metric.Resolve(loss, outputs)));
        TrainingMetrics = new MetricSet(metrics.Select(metric => metric.Resolve(loss, outputs).Copy()));
        TrainingMetrics.Reset();
    }

    public Loss Loss { get; }

    /// <summary>Whether the last activation is computed as a part of the loss.</summary>
    public bool IsFused { get; }

    /// <summary>Whether the loss operation gets what is before the activation.</summary>
    public bool FromLogits => IsFused || Loss.TakesLogits;

    /// <summary>Those of the current epoch, in copies of the metrics.</summary>
    public MetricSet TrainingMetrics { get; }

    /// <summary>Those of the current evaluation, which may happen in the middle of an epoch.</summary>
    public MetricSet EvaluationMetrics { get; }

    /// <summary>Kind, flags and numbers of the loss operation; nothing for a loss of the user's.</summary>
    public NoptLossArgs DescribeLoss() => Loss is CustomLoss ? default : Loss.Describe(FromLogits);

    /// <summary>What the sum of the losses of a batch is divided by; 0 where no row counts.</summary>
    public double DivisorOf(BatchBuffers batch, int rows)
    {
        if (Loss.IsOfWholeBatch)
            return DivisorOfWholeBatch(batch, rows);
        double perElement = Loss.RowValue == RowValue.Mean ? 1.0 / _outputs : 1;
        double elementsOfASum = Loss.RowValue == RowValue.Sum ? _outputs : 1;
        return Loss.Reduction switch
        {
            Reduction.Sum => 1,
            Reduction.SumOverElements => perElement,
            Reduction.MeanWithSampleWeight => batch.Totals(Loss.IgnoredLabel, Loss.TakesLabels ? Loss.TermWeights : null).Weight,
            Reduction.MeanOverElements => CountedRows(batch, rows) * elementsOfASum,
            _ => CountedRows(batch, rows),
        };
    }

    /// <summary>Checks targets against loss and last layer.</summary>
    /// <exception cref="ArgumentException">
    /// They do not fit; or a label or number is out of range: row, value and limit are named.
    /// </exception>
    public void CheckTargets(RowRange range)
    {
        (Dataset data, string parameterName) = (range.Data, range.Names.Targets);
        if (Loss.TakesLabels)
        {
            if (data.TargetColumns != 0)
                throw RowsForLabels(data.TargetColumns, parameterName);
            if (Loss is not CustomLoss
                && data.FindLabelOutside(range.First, range.Count, _outputs, Loss.IgnoredLabel) is { } outside)
                throw LabelOutside(outside.Row, outside.Label, parameterName);
            return;
        }
        if (data.TargetColumns == 0 && _outputs > 1)
        {
            string other = Loss is CategoricalCrossentropy ? "; sparse_categorical_crossentropy takes class numbers" : "";
            throw new ArgumentException(
                $"{parameterName}: {Loss.Name} takes rows of {_outputs} numbers, the outputs of layer '{_lastLayer.Name}'; "
                + $"the targets are class numbers{other}", parameterName);
        }
        if (data.TargetColumns != 0 && data.TargetColumns != _outputs)
            throw new ArgumentException(
                $"{parameterName}: layer '{_lastLayer.Name}' has {_outputs} outputs; the targets have {data.TargetColumns} columns",
                parameterName);
        if (Loss.TakesUnitTargets)
            CheckUnitTargets(range);
    }

    /// <summary>"row 7 has label 12; layer 'dense_1' has classes 0 to 9".</summary>
    public ArgumentException LabelOutside(int row, int label, string parameterName) => new(
        $"{parameterName}: row {row} has label {label}; layer '{_lastLayer.Name}' has classes 0 to {_outputs - 1}",
        parameterName);

    /// <summary>Targets of the binary loss are probabilities; a class number is one of its two classes.</summary>
    private void CheckUnitTargets(RowRange range)
    {
        string parameterName = range.Names.Targets;
        if (range.Data.FindLabelOutside(range.First, range.Count, classes: 2, ignored: null) is { } label)
            throw new ArgumentException(
                $"{parameterName}: row {label.Row} has label {label.Label}; {Loss.Name} takes 0 and 1", parameterName);
        if (range.Data.FindTargetOutsideUnit(range.First, range.Count) is { } outside)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"{parameterName}: row {outside.Row}, column {outside.Column} is {outside.Value}; {Loss.Name} takes targets from 0 to 1"),
                parameterName);
    }

    private ArgumentException RowsForLabels(int columns, string parameterName)
    {
        string advice = columns == 1
            ? "one float each; give them as int[] or byte[]"
            : $"rows of {columns} numbers, which categorical_crossentropy takes";
        return new ArgumentException(
            $"{parameterName}: {Loss.Name} takes one class number a row (int[] or byte[]); the targets are {advice}", parameterName);
    }

    // One value, which the sum of the weights or their mean is a factor of.
    private double DivisorOfWholeBatch(BatchBuffers batch, int rows)
    {
        if (!batch.HasSampleWeights || Loss.Reduction == Reduction.MeanWithSampleWeight)
            return 1;
        double weight = batch.Totals(ignored: null, classWeights: null).Weight;
        return (Loss.Reduction is Reduction.Sum or Reduction.SumOverElements ? 1 : rows) / weight;
    }

    private int CountedRows(BatchBuffers batch, int rows) =>
        Loss.IgnoredLabel is { } ignored ? batch.Totals(ignored, classWeights: null).Rows : rows;
}
