using System.Numerics.Tensors;
using NativeOpt.Benchmarks.Thin;

namespace NativeOpt.Benchmarks.Training;

/// <summary>The same network over a thin binding of OpenBLAS; all arrays are made once.</summary>
internal sealed class BlasNetwork : ITrainer
{
    private const double Beta1 = 0.9, Beta2 = 0.999, LearningRate = 1e-3;

    private readonly byte[] _pixels;
    private readonly int[] _labels, _widths, _order;
    private readonly BlasLayer[] _layers;
    private readonly Random _random = new(1);
    private float[][] _values = [], _gradients = [];
    private int _step;

    /// <summary>Dense layers, relu between them and softmax at the end; rows of as many pixels as the first width.</summary>
    public BlasNetwork(int[] widths, byte[] pixels, int[] labels)
    {
        (_widths, _pixels, _labels) = (widths, pixels, labels);
        _order = [.. Enumerable.Range(0, labels.Length)];
        _layers = [.. Enumerable.Range(0, widths.Length - 1).Select(i =>
            new BlasLayer(widths[i], widths[i + 1], relu: i + 2 < widths.Length, _random))];
    }

    /// <inheritdoc/>
    public void TrainEpoch(int batch)
    {
        if (_values.Length == 0)
            (_values, _gradients) = (NewArrays(batch), NewArrays(batch));
        _random.Shuffle(_order);
        for (int first = 0; first < _order.Length; first += batch)
            TrainBatch(_order.AsSpan(first, Math.Min(batch, _order.Length - first)));
    }

    /// <inheritdoc/>
    public void Dispose() { }

    private float[][] NewArrays(int batch) => [.. _widths.Select(width => new float[batch * width])];

    private void TrainBatch(ReadOnlySpan<int> rows)
    {
        _step++;
        double stepSize = LearningRate * Math.Sqrt(1 - Math.Pow(Beta2, _step)) / (1 - Math.Pow(Beta1, _step));
        Gather(rows);
        for (int i = 0; i < _layers.Length; i++)
            _layers[i].Forward(_values[i], _values[i + 1], rows.Length);
        SoftmaxGradient(rows);
        for (int i = _layers.Length - 1; i >= 0; i--)
            _layers[i].Backward(_values[i], _values[i + 1], _gradients[i + 1], i > 0 ? _gradients[i] : [], rows.Length);
        foreach (BlasLayer layer in _layers)
            layer.Update((float)stepSize);
    }

    private void Gather(ReadOnlySpan<int> rows)
    {
        int width = _widths[0];
        for (int row = 0; row < rows.Length; row++)
        {
            Span<float> line = _values[0].AsSpan(row * width, width);
            TensorPrimitives.ConvertChecked<byte, float>(_pixels.AsSpan(rows[row] * width, width), line);
            TensorPrimitives.Multiply(line, 1 / 255f, line);
        }
    }

    private void SoftmaxGradient(ReadOnlySpan<int> rows)
    {
        int classes = _widths[^1];
        for (int row = 0; row < rows.Length; row++)
        {
            Span<float> gradient = _gradients[^1].AsSpan(row * classes, classes);
            TensorPrimitives.SoftMax(_values[^1].AsSpan(row * classes, classes), gradient);
            gradient[_labels[rows[row]]] -= 1;
            TensorPrimitives.Divide(gradient, rows.Length, gradient);
        }
    }
}
