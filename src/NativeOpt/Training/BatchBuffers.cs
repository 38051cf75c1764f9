using NativeOpt.Interop;

namespace NativeOpt.Training;

/// <summary>Native memory that batches are gathered into, as long as the largest batch.</summary>
internal sealed class BatchBuffers : IDisposable
{
    private readonly Network _network;
    private readonly Objective? _objective;

    // Data sets deal in float: for a model in double they fill these first.
    private readonly float[]? _inputStaging;
    private readonly float[]? _targetStaging;
    private readonly float[]? _weightStaging;
    private int _rows;

    public BatchBuffers(Network network, Objective? objective, int capacity)
    {
        (_network, _objective) = (network, objective);
        int elementSize = ParameterArena.ElementSize(network.Dtype);
        Inputs = AlignedBuffer.Allocate(checked((long)capacity * network.InputColumns * elementSize));
        Targets = AlignedBuffer.Allocate(checked((long)capacity * network.OutputColumns * elementSize));
        Labels = AlignedBuffer.Allocate<int>(capacity);
        SampleWeights = AlignedBuffer.Allocate(checked((long)capacity * elementSize));
        if (network.Dtype == NoptDtype.F64)
        {
            _inputStaging = new float[checked(capacity * network.InputColumns)];
            _targetStaging = new float[checked(capacity * network.OutputColumns)];
            _weightStaging = new float[capacity];
        }
    }

    /// <summary>[capacity, inputs].</summary>
    public AlignedBuffer Inputs { get; }

    /// <summary>[capacity, outputs].</summary>
    public AlignedBuffer Targets { get; }

    /// <summary>[capacity] class numbers.</summary>
    public AlignedBuffer Labels { get; }

    /// <summary>[capacity] weights of the rows.</summary>
    public AlignedBuffer SampleWeights { get; }

    /// <summary>Whether several threads compute with the batch.</summary>
    public bool IsShared { get; set; }

    /// <summary>Whether the rows loaded last have weights; otherwise each is 1.</summary>
    public bool HasSampleWeights { get; private set; }

    /// <summary>Rows of the batch that count in the loss, and their weights.</summary>
    /// <param name="ignored">A label whose rows do not count, or null.</param>
    /// <param name="classWeights">Factors of the weights by label, or null.</param>
    public (int Rows, double Weight) Totals(int? ignored, IReadOnlyList<double>? classWeights)
    {
        Span<int> labels = Labels.AsSpan<int>();
        int counted = 0;
        double sum = 0;
        for (int row = 0; row < _rows; row++)
        {
            if (labels[row] == ignored)
                continue;
            counted++;
            sum += WeightOf(row) * (classWeights?[labels[row]] ?? 1);
        }
        return (counted, sum);
    }

    /// <summary>Gathers rows. Allocates nothing.</summary>
    public void LoadInputs(Dataset data, ReadOnlySpan<int> rows) => Gather(data, rows);

    /// <summary>Gathers rows and checks their labels. Allocates nothing.</summary>
    /// <exception cref="ArgumentException">A label is not below the number of classes.</exception>
    public void Load(Dataset data, ReadOnlySpan<int> rows)
    {
        Span<int> labels = Gather(data, rows);
        if (data.TargetColumns != 0)
            return;
        if (_objective!.Loss.TakesLabels)
            CheckLabels(labels, rows);
        else
            ConvertLabels(labels);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Inputs.Dispose();
        Targets.Dispose();
        Labels.Dispose();
        SampleWeights.Dispose();
    }

    private Span<int> Gather(Dataset data, ReadOnlySpan<int> rows)
    {
        int targetColumns = data.TargetColumns;
        Span<float> inputs = Destination(Inputs, _inputStaging, rows.Length * _network.InputColumns);
        Span<float> targets = Destination(Targets, _targetStaging, rows.Length * targetColumns);
        Span<int> labels = Labels.AsSpan<int>()[..(targetColumns == 0 ? rows.Length : 0)];
        (_rows, HasSampleWeights) = (rows.Length, data.HasSampleWeights);
        Span<float> weights = Destination(SampleWeights, _weightStaging, HasSampleWeights ? rows.Length : 0);
        data.Gather(rows, new Batch(rows.Length, inputs, targets, labels, weights) { IsShared = IsShared });
        Widen(_inputStaging, inputs.Length, Inputs);
        Widen(_targetStaging, targets.Length, Targets);
        Widen(_weightStaging, weights.Length, SampleWeights);
        return labels;
    }

    private double WeightOf(int row)
    {
        if (!HasSampleWeights)
            return 1;
        return _network.Dtype == NoptDtype.F64 ? SampleWeights.AsSpan<double>()[row] : SampleWeights.AsSpan<float>()[row];
    }

    private static Span<float> Destination(AlignedBuffer buffer, float[]? staging, int count) =>
        staging is null ? buffer.AsSpan<float>()[..count] : staging.AsSpan(0, count);

    private static void Widen(float[]? staging, int count, AlignedBuffer buffer)
    {
        if (staging is null)
            return;
        Span<double> destination = buffer.AsSpan<double>()[..count];
        for (int i = 0; i < count; i++)
            destination[i] = staging[i];
    }

    // Labels of arrays have been checked before training: this is about data sets of the caller's own.
    private void CheckLabels(ReadOnlySpan<int> labels, ReadOnlySpan<int> rows)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            bool inside = (uint)labels[i] < (uint)_network.OutputColumns || labels[i] == _objective!.Loss.IgnoredLabel;
            if (!inside && _objective!.Loss is not CustomLoss)
                throw _objective!.LabelOutside(rows[i], labels[i], ArgumentNames.Dataset.Targets);
        }
    }

    // A model with one output: a label is the number itself.
    private void ConvertLabels(ReadOnlySpan<int> labels)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            if (_network.Dtype == NoptDtype.F64)
                Targets.AsSpan<double>()[i] = labels[i];
            else
                Targets.AsSpan<float>()[i] = labels[i];
        }
    }
}
