using NativeOpt.Files;

namespace NativeOpt;

// For other runtimes.
public sealed partial class Sequential
{
    /// <summary>
    /// Writes the model, as it predicts, into an ONNX file in one piece: until it is complete, an older one stays there. It takes "input"
    /// [batch, inputs] and gives "output" [batch, outputs], both in single precision. Batch normalizations are a part of the dense layers
    /// beside them where that is possible, and what only training does (dropout, noise) is left out.
    /// </summary>
    /// <param name="path">The file; its folder must be there.</param>
    /// <exception cref="InvalidOperationException">The model is not built.</exception>
    /// <exception cref="NotSupportedException">A layer or an activation is computed in C#; the message names it.</exception>
    /// <exception cref="IOException">The disk is full, or something else stands in the way.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written there.</exception>
    public void ExportOnnx(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using Sequential folded = FoldBatchNormalization();
        var graph = new OnnxGraph();
        var layers = new OnnxLayers(graph, folded);
        graph.Complete(folded.Layers.Aggregate(OnnxGraph.Input, (value, layer) => layers.Add(layer, value)));
        OnnxFile.Write(path, graph, (_layers[0].InputColumns, _layers[^1].OutputColumns));
    }
}
