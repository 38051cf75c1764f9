namespace NativeOpt.Benchmarks.Training;

/// <summary>
/// The same network in C# as one writes it down: loops over arrays, an array for each thing, nothing vectorised by hand. The
/// baseline for whoever asks what a library is good for.
/// </summary>
internal sealed class NaiveNetwork : ITrainer
{
    private const float Beta1 = 0.9f, Beta2 = 0.999f;

    private readonly byte[] _pixels;
    private readonly int[] _labels, _widths, _order;
    private readonly float[][,] _weights, _m, _v;
    private readonly float[][] _biases, _biasM, _biasV;
    private readonly Random _random = new(1);
    private int _step;
    private float _rate;

    /// <summary>Dense layers, relu between them and softmax at the end; rows of as many pixels as the first width.</summary>
    public NaiveNetwork(int[] widths, byte[] pixels, int[] labels)
    {
        (_widths, _pixels, _labels) = (widths, pixels, labels);
        _order = [.. Enumerable.Range(0, labels.Length)];
        int layers = widths.Length - 1;
        (_weights, _m, _v) = (new float[layers][,], new float[layers][,], new float[layers][,]);
        (_biases, _biasM, _biasV) = (new float[layers][], new float[layers][], new float[layers][]);
        for (int layer = 0; layer < layers; layer++)
        {
            (int inputs, int outputs) = (widths[layer], widths[layer + 1]);
            (_weights[layer], _m[layer], _v[layer]) = (new float[inputs, outputs], new float[inputs, outputs], new float[inputs, outputs]);
            (_biases[layer], _biasM[layer], _biasV[layer]) = (new float[outputs], new float[outputs], new float[outputs]);
            double limit = Math.Sqrt(6.0 / (inputs + outputs));
            for (int i = 0; i < inputs; i++)
                for (int j = 0; j < outputs; j++)
                    _weights[layer][i, j] = (float)((2 * _random.NextDouble() - 1) * limit);
        }
    }

    /// <inheritdoc/>
    public void TrainEpoch(int batch)
    {
        _random.Shuffle(_order);
        for (int first = 0; first < _order.Length; first += batch)
            TrainBatch(_order.AsSpan(first, Math.Min(batch, _order.Length - first)));
    }

    /// <inheritdoc/>
    public void Dispose() { }

    private void TrainBatch(ReadOnlySpan<int> rows)
    {
        _step++;
        _rate = 1e-3f * MathF.Sqrt(1 - MathF.Pow(Beta2, _step)) / (1 - MathF.Pow(Beta1, _step));
        var activations = new float[_widths.Length][,];
        activations[0] = Gather(rows);
        for (int layer = 0; layer < _weights.Length; layer++)
            activations[layer + 1] = Forward(activations[layer], layer);
        float[,] gradient = SoftmaxGradient(activations[^1], rows);
        for (int layer = _weights.Length - 1; layer >= 0; layer--)
        {
            float[,] next = layer > 0 ? InputGradient(gradient, activations[layer], layer) : gradient;
            Update(activations[layer], gradient, layer);
            gradient = next;
        }
    }

    private float[,] Gather(ReadOnlySpan<int> rows)
    {
        var x = new float[rows.Length, _widths[0]];
        for (int row = 0; row < rows.Length; row++)
            for (int i = 0; i < _widths[0]; i++)
                x[row, i] = _pixels[rows[row] * _widths[0] + i] / 255f;
        return x;
    }

    private float[,] Forward(float[,] x, int layer)
    {
        float[,] w = _weights[layer];
        var y = new float[x.GetLength(0), w.GetLength(1)];
        for (int row = 0; row < y.GetLength(0); row++)
            for (int j = 0; j < y.GetLength(1); j++)
            {
                float sum = _biases[layer][j];
                for (int i = 0; i < w.GetLength(0); i++)
                    sum += x[row, i] * w[i, j];
                y[row, j] = layer + 1 < _weights.Length ? Math.Max(sum, 0) : sum;
            }
        return y;
    }

    private float[,] SoftmaxGradient(float[,] logits, ReadOnlySpan<int> rows)
    {
        var gradient = new float[rows.Length, logits.GetLength(1)];
        for (int row = 0; row < rows.Length; row++)
        {
            float largest = float.NegativeInfinity, sum = 0;
            for (int j = 0; j < gradient.GetLength(1); j++)
                largest = Math.Max(largest, logits[row, j]);
            for (int j = 0; j < gradient.GetLength(1); j++)
                sum += gradient[row, j] = MathF.Exp(logits[row, j] - largest);
            for (int j = 0; j < gradient.GetLength(1); j++)
                gradient[row, j] = (gradient[row, j] / sum - (j == _labels[rows[row]] ? 1 : 0)) / rows.Length;
        }
        return gradient;
    }

    private float[,] InputGradient(float[,] dy, float[,] x, int layer)
    {
        float[,] w = _weights[layer];
        var dx = new float[x.GetLength(0), x.GetLength(1)];
        for (int row = 0; row < dx.GetLength(0); row++)
            for (int i = 0; i < dx.GetLength(1); i++)
            {
                float sum = 0;
                for (int j = 0; j < w.GetLength(1); j++)
                    sum += dy[row, j] * w[i, j];
                dx[row, i] = x[row, i] > 0 ? sum : 0;
            }
        return dx;
    }

    private void Update(float[,] x, float[,] dy, int layer)
    {
        float[,] w = _weights[layer];
        for (int j = 0; j < w.GetLength(1); j++)
        {
            float sum = 0;
            for (int row = 0; row < dy.GetLength(0); row++)
                sum += dy[row, j];
            Adam(ref _biases[layer][j], ref _biasM[layer][j], ref _biasV[layer][j], sum);
        }
        for (int i = 0; i < w.GetLength(0); i++)
            for (int j = 0; j < w.GetLength(1); j++)
            {
                float sum = 0;
                for (int row = 0; row < dy.GetLength(0); row++)
                    sum += x[row, i] * dy[row, j];
                Adam(ref w[i, j], ref _m[layer][i, j], ref _v[layer][i, j], sum);
            }
    }

    private void Adam(ref float w, ref float m, ref float v, float g)
    {
        const float Epsilon = 1e-7f;
        m = Beta1 * m + (1 - Beta1) * g;
        v = Beta2 * v + (1 - Beta2) * g * g;
        w -= _rate * m / (MathF.Sqrt(v) + Epsilon);
    }
}
