using NativeOpt.Training;

namespace NativeOpt.Files;

/// <summary>Layers, as they predict, as operations of ONNX.</summary>
/// <param name="graph">What they are appended to.</param>
/// <param name="model">Whose layers they are; it is built.</param>
internal sealed class OnnxLayers(OnnxGraph graph, Model model)
{
    private static readonly LayerPass Prediction = new(IsTraining: false);

    /// <summary>ONNX' number for the type of 64-bit integers.</summary>
    public const int Int64 = 7;

    /// <summary>Appends a layer.</summary>
    /// <param name="layer">A layer of the model.</param>
    /// <param name="x">The name of what it takes.</param>
    /// <returns>The name of what it gives.</returns>
    /// <exception cref="NotSupportedException">ONNX cannot say what it does.</exception>
    public string Add(Layer layer, string x)
    {
        if (layer.IsIdentity(Prediction))
            return x;
        graph.Place = layer.Name;
        return layer switch
        {
            Dense dense => OnnxActivations.Add(graph, AddProduct(dense, x), dense.Activation, layer),
            ActivationLayer activation => OnnxActivations.Add(graph, x, activation.Activation, layer),
            PReLU => graph.Add("PRelu", [x, AddParameter(layer, "alpha")]),
            Rescaling rescaling => graph.Add("Add", graph.Add("Mul", x, rescaling.Scale), rescaling.Offset),
            BatchNormalization normalization => graph.Add("BatchNormalization",
                [
                    x, AddParameter(layer, "gamma", missing: 1), AddParameter(layer, "beta", missing: 0),
                    AddParameter(layer, "moving_mean"), AddParameter(layer, "moving_variance"),
                ],
                ("epsilon", normalization.Epsilon)),
            LayerNormalization normalization => graph.Add("LayerNormalization",
                [x, AddParameter(layer, "gamma", missing: 1), AddParameter(layer, "beta", missing: 0)],
                ("axis", -1), ("epsilon", normalization.Epsilon)),
            RMSNormalization normalization => AddRootMeanSquare(normalization, x),
            Embedding embedding => AddLookUp(embedding, x),
            _ => throw new NotSupportedException($"layer '{layer.Name}': ONNX has no operation for a {layer.GetType().Name}"),
        };
    }

    private string AddProduct(Dense dense, string x)
    {
        string kernel = AddParameter(dense, "kernel");
        return dense.UseBias ? graph.Add("Gemm", [x, kernel, AddParameter(dense, "bias")]) : graph.Add("MatMul", [x, kernel]);
    }

    // scale x / sqrt(mean(x^2) + epsilon)
    private string AddRootMeanSquare(RMSNormalization layer, string x)
    {
        string meanSquare = graph.Add("ReduceMean", graph.Add("Mul", [x, x]), ("axes", new long[] { -1 }), ("keepdims", 1));
        string root = graph.Add("Sqrt", graph.Add("Add", meanSquare, layer.Epsilon));
        return graph.Add("Mul", [graph.Add("Div", [x, root]), AddParameter(layer, "scale")]);
    }

    // The rows of the table that x names, side by side.
    private string AddLookUp(Embedding layer, string x)
    {
        string rows = graph.Add("Gather", [AddParameter(layer, "embeddings"), graph.Add("Cast", x, ("to", Int64))], ("axis", 0));
        return graph.Add("Reshape", [rows, graph.AddIntegers("shape", -1, layer.OutputColumns)]);
    }

    /// <summary>Adds a parameter of a layer, or, where it has none of this name, a row of a number.</summary>
    private string AddParameter(Layer layer, string name, float? missing = null)
    {
        if (layer.DescribeParameters().FirstOrDefault(parameter => parameter.Name == name) is { } found)
            return graph.AddSingles(name, found.Shape, [.. model.GetWeights($"{layer.Name}/{name}").Cast<float>()]);
        float[] row = new float[layer.InputColumns];
        Array.Fill(row, missing ?? throw new InvalidOperationException($"layer '{layer.Name}' has no parameter '{name}'"));
        return graph.AddSingles(name, [row.Length], row);
    }
}
