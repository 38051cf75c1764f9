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

    public BatchBuffers(Network network, Objective? objective, int capacity)
    {
        (_network, _objective) = (network, objective);
        int elementSize = ParameterArena.ElementSize(network.Dtype);
        Inputs = AlignedBuffer.Allocate(checked((long)capacity * network.InputColumns * elementSize));
        Targets = AlignedBuffer.Allocate(checked((long)capacity * network.OutputColumns * elementSize));
        Labels = AlignedBuffer.Allocate<int>(capacity);
        if (network.Dtype == NoptDtype.F64)
        {
            _inputStaging = new float[checked(capacity * network.InputColumns)];
            _targetStaging = new float[checked(capacity * network.OutputColumns)];
        }
    }

    /// <summary>[capacity, inputs].</summary>
    public AlignedBuffer Inputs { get; }

    /// <summary>[capacity, outputs].</summary>
    public AlignedBuffer Targets { get; }

    /// <summary>[capacity] class numbers.</summary>
    public AlignedBuffer Labels { get; }

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
    }

    private Span<int> Gather(Dataset data, ReadOnlySpan<int> rows)
    {
        int targetColumns = data.TargetColumns;
        Span<float> inputs = Destination(Inputs, _inputStaging, rows.Length * _network.InputColumns);
        Span<float> targets = Destination(Targets, _targetStaging, rows.Length * targetColumns);
        Span<int> labels = Labels.AsSpan<int>()[..(targetColumns == 0 ? rows.Length : 0)];
        data.Gather(rows, new Batch(rows.Length, inputs, targets, labels));
        Widen(_inputStaging, inputs.Length, Inputs);
        Widen(_targetStaging, targets.Length, Targets);
        return labels;
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
            if ((uint)labels[i] >= (uint)_network.OutputColumns)
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
