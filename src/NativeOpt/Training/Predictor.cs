using NativeOpt.Backends;
using NativeOpt.Training;

namespace NativeOpt;

/// <summary>
/// Predicts with the weights that a model had when <see cref="Sequential.CreatePredictor"/> was called, and allocates nothing. Batch
/// normalizations are a part of the dense layers beside them. It is independent of the model and for one thread at a time: make one for each
/// thread.
/// </summary>
/// <example>
/// <code>
/// using Predictor predictor = model.CreatePredictor();
/// predictor.Predict(pixels, probabilities); // ReadOnlySpan&lt;float&gt;, Span&lt;float&gt;
/// </code>
/// </example>
public sealed class Predictor : IDisposable
{
    private readonly Sequential _model;
    private readonly PredictionSeat _seat;
    private int _isRunning;
    private volatile bool _isDisposed;

    internal Predictor(Sequential model, IBackend backend, int maxRows)
    {
        (_model, MaxRows) = (model, maxRows);
        Network network = model.Network;
        (InputColumns, OutputColumns) = (network.InputColumns, network.OutputColumns);
        _seat = new PredictionSeat(network, backend);
        try
        {
            _seat.EnsureCapacity(maxRows);
        }
        catch
        {
            _seat.Dispose();
            throw;
        }
    }

    /// <summary>Numbers of an input row.</summary>
    public int InputColumns { get; }

    /// <summary>Numbers of an output row.</summary>
    public int OutputColumns { get; }

    /// <summary>Rows that one call takes at most.</summary>
    public int MaxRows { get; }

    /// <summary>Computes the outputs of one row or several.</summary>
    /// <param name="x">Rows of <see cref="InputColumns"/> numbers, one behind the other, at most <see cref="MaxRows"/>.</param>
    /// <param name="y">Receives as many rows of <see cref="OutputColumns"/> numbers.</param>
    /// <exception cref="ArgumentException">A length is not that of whole rows, there are too many, or y has another number of rows.</exception>
    /// <exception cref="InvalidOperationException">Another thread predicts with it.</exception>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public void Predict(ReadOnlySpan<float> x, Span<float> y)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        int rows = x.Length / InputColumns;
        if (x.Length == 0 || x.Length % InputColumns != 0 || rows > MaxRows)
            throw new ArgumentException(
                $"x has {x.Length} numbers; it must have 1 to {MaxRows} rows of {InputColumns}", nameof(x));
        if (y.Length != (long)rows * OutputColumns)
            throw new ArgumentException($"y has {y.Length} numbers; {rows} rows of {OutputColumns} are {rows * OutputColumns}", nameof(y));
        if (Interlocked.Exchange(ref _isRunning, 1) != 0)
            throw new InvalidOperationException("the Predictor is in use by another thread; make one for each thread");
        try
        {
            _seat.Predict(x, y);
        }
        finally
        {
            Volatile.Write(ref _isRunning, 0);
        }
    }

    /// <summary>Releases the memory. Doing it twice does nothing.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _seat.Dispose();
        _model.Dispose();
    }
}
