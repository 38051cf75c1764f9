namespace NativeOpt.Training;

/// <summary>
/// Makes batch normalizations a part of the dense layers beside them. At prediction one is y = x s + t with s = gamma / sqrt(variance +
/// epsilon) and t = beta - mean s: behind a linear dense layer that is another kernel and bias, and so it is in front of any.
/// </summary>
internal sealed class BatchNormalizationFolding
{
    private readonly List<Part> _parts = [];

    /// <summary>The layers of a built model with their weights.</summary>
    public BatchNormalizationFolding(Sequential model)
    {
        foreach (Layer layer in model.Layers)
            _parts.Add(new Part(layer, layer.DescribeParameters().ToDictionary(
                parameter => parameter.Name, parameter => Flatten(model.GetWeights($"{layer.Name}/{parameter.Name}")))));
        for (int i = 0; i < _parts.Count; i++)
            if (_parts[i].Layer is BatchNormalization normalization && TryFold(normalization, i))
                _parts.RemoveAt(i--);
    }

    /// <summary>Copies of the layers that are left.</summary>
    public IEnumerable<Layer> Layers => _parts.Select(part => part.Layer switch
    {
        Dense { UseBias: false } dense when part.Weights.ContainsKey("bias") => dense.WithBias(),
        Layer layer => layer.Copy(),
    });

    /// <summary>Gives a built model of those layers the weights.</summary>
    public void SetWeights(Sequential folded)
    {
        foreach ((Part part, Layer layer) in _parts.Zip(folded.Layers))
            foreach (ParameterDescription parameter in layer.DescribeParameters())
                folded.SetWeights($"{layer.Name}/{parameter.Name}", Reshape(part.Weights[parameter.Name], parameter.Shape));
    }

    private bool TryFold(BatchNormalization normalization, int index)
    {
        (double[] scale, double[] shift) = AffineOf(normalization, _parts[index].Weights);
        if (FindBeside(index, direction: -1) is { Layer: Dense { Activation: var activation } } before
            && activation == NativeOpt.Activation.Linear)
        {
            FoldBehind(before, scale, shift);
            return true;
        }
        if (FindBeside(index, direction: 1) is { Layer: Dense } after)
        {
            FoldInFront(after, scale, shift);
            return true;
        }
        return false;
    }

    /// <summary>The next layer that does something at prediction.</summary>
    private Part? FindBeside(int index, int direction)
    {
        for (index += direction; index >= 0 && index < _parts.Count; index += direction)
            if (!_parts[index].Layer.IsIdentity(new LayerPass(IsTraining: false)))
                return _parts[index];
        return null;
    }

    private static (double[] Scale, double[] Shift) AffineOf(BatchNormalization layer, Dictionary<string, double[]> weights)
    {
        double[] mean = weights["moving_mean"];
        double[] variance = weights["moving_variance"];
        var scale = new double[mean.Length];
        var shift = new double[mean.Length];
        for (int c = 0; c < scale.Length; c++)
        {
            scale[c] = (layer.Scale ? weights["gamma"][c] : 1) / Math.Sqrt(variance[c] + layer.Epsilon);
            shift[c] = (layer.Center ? weights["beta"][c] : 0) - mean[c] * scale[c];
        }
        return (scale, shift);
    }

    // (x W + b) s + t = x (W s) + (b s + t)
    private static void FoldBehind(Part dense, double[] scale, double[] shift)
    {
        double[] kernel = dense.Weights["kernel"];
        double[] bias = dense.BiasOf(scale.Length);
        for (int i = 0; i < kernel.Length; i++)
            kernel[i] *= scale[i % scale.Length];
        for (int c = 0; c < scale.Length; c++)
            bias[c] = bias[c] * scale[c] + shift[c];
    }

    // (x s + t) W + b = x (s W) + (t W + b)
    private static void FoldInFront(Part dense, double[] scale, double[] shift)
    {
        double[] kernel = dense.Weights["kernel"];
        int units = kernel.Length / scale.Length;
        double[] bias = dense.BiasOf(units);
        for (int i = 0; i < kernel.Length; i++)
        {
            bias[i % units] += shift[i / units] * kernel[i];
            kernel[i] *= scale[i / units];
        }
    }

    private static double[] Flatten(float[,] values) => [.. values.Cast<float>().Select(value => (double)value)];

    private static float[,] Reshape(double[] values, int[] shape)
    {
        int columns = shape[^1];
        var matrix = new float[values.Length / columns, columns];
        for (int i = 0; i < values.Length; i++)
            matrix[i / columns, i % columns] = (float)values[i];
        return matrix;
    }

    private sealed record Part(Layer Layer, Dictionary<string, double[]> Weights)
    {
        /// <summary>The bias; zeros where there was none so far.</summary>
        public double[] BiasOf(int units) =>
            Weights.TryGetValue("bias", out double[]? bias) ? bias : Weights["bias"] = new double[units];
    }
}
