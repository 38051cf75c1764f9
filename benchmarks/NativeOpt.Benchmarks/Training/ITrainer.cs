namespace NativeOpt.Benchmarks.Training;

/// <summary>A network with its data, whoever computes it.</summary>
internal interface ITrainer : IDisposable
{
    /// <summary>Visits all rows once, shuffled.</summary>
    void TrainEpoch(int batch);
}

/// <summary>This library, through its public Fit.</summary>
internal sealed class LibraryTrainer : ITrainer
{
    private readonly Sequential _model = new(seed: 1);
    private readonly InMemoryDataset _data;

    /// <summary>Dense layers, relu between them and softmax at the end, trained by Adam.</summary>
    public LibraryTrainer(BackendKind backend, int[] widths, InMemoryDataset data)
    {
        _data = data;
        for (int i = 1; i < widths.Length; i++)
            _model.Add(new Dense(widths[i], i + 1 < widths.Length ? "relu" : "softmax", inputShape: i == 1 ? widths[0] : null));
        _model.Compile(new Adam(), "sparse_categorical_crossentropy", backend: backend);
    }

    /// <inheritdoc/>
    public void TrainEpoch(int batch) => _model.Fit(_data, epochs: 1, batchSize: batch);

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();
}
