using System.Runtime.InteropServices;

namespace NativeOpt.Files;

/// <summary>
/// Writes ONNX files: the message ModelProto of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, whose field numbers these are.
/// </summary>
internal static class OnnxFile
{
    // Of 2022: what reads them is in use everywhere. Operator set 17 is the first with LayerNormalization.
    private const int FormatVersion = 8, OperatorSet = 17;

    // ONNX' numbers for types of elements and of attributes.
    private const int SingleType = 1, FloatAttribute = 1, IntegerAttribute = 2, IntegersAttribute = 7;

    /// <summary>Writes a file in one piece.</summary>
    /// <param name="path">The file; its folder must be there.</param>
    /// <param name="graph">What the model does with a value of <see cref="OnnxGraph.Input"/>.</param>
    /// <param name="columns">Columns of what it takes and gives.</param>
    public static void Write(string path, OnnxGraph graph, (int Input, int Output) columns)
    {
        var file = new ProtobufWriter();
        file.Write(1, FormatVersion);
        file.Write(2, "NativeOpt");
        file.Write(3, typeof(OnnxFile).Assembly.GetName().Version!.ToString(3));
        file.Write(7, message => WriteGraph(message, graph, columns));
        file.Write(8, message =>
        {
            message.Write(1, "");
            message.Write(2, OperatorSet);
        });
        AtomicFile.Write(path, file.CopyTo);
    }

    private static void WriteGraph(ProtobufWriter file, OnnxGraph graph, (int Input, int Output) columns)
    {
        foreach (OnnxNode node in graph.Nodes)
            file.Write(1, message => WriteNode(message, node));
        file.Write(2, "model");
        foreach (OnnxTensor tensor in graph.Tensors)
            file.Write(5, message => WriteTensor(message, tensor));
        file.Write(11, message => WriteValue(message, OnnxGraph.Input, columns.Input));
        file.Write(12, message => WriteValue(message, OnnxGraph.Output, columns.Output));
    }

    private static void WriteNode(ProtobufWriter file, OnnxNode node)
    {
        foreach (string input in node.Inputs)
            file.Write(1, input);
        file.Write(2, node.Name);
        file.Write(3, node.Name);
        file.Write(4, node.Operation);
        foreach (OnnxAttribute attribute in node.Attributes)
            file.Write(5, message => WriteAttribute(message, attribute));
    }

    private static void WriteAttribute(ProtobufWriter file, OnnxAttribute attribute)
    {
        file.Write(1, attribute.Name);
        if (attribute.Number is { } number)
            file.Write(2, number);
        if (attribute.Whole is { } whole)
            file.Write(3, whole);
        foreach (long value in attribute.List ?? [])
            file.Write(8, value);
        file.Write(20, attribute.Number is not null ? FloatAttribute : attribute.Whole is not null ? IntegerAttribute : IntegersAttribute);
    }

    private static void WriteTensor(ProtobufWriter file, OnnxTensor tensor)
    {
        foreach (long size in tensor.Shape)
            file.Write(1, size);
        bool isSingle = tensor.Integers.Length == 0;
        file.Write(2, isSingle ? SingleType : OnnxLayers.Int64);
        file.Write(8, tensor.Name);
        file.Write(9, isSingle ? MemoryMarshal.AsBytes(tensor.Singles.AsSpan()) : MemoryMarshal.AsBytes(tensor.Integers.AsSpan()));
    }

    // Single precision, [batch, columns], with any number of rows.
    private static void WriteValue(ProtobufWriter file, string name, int columns)
    {
        file.Write(1, name);
        file.Write(2, type => type.Write(1, tensor =>
        {
            tensor.Write(1, SingleType);
            tensor.Write(2, shape =>
            {
                shape.Write(1, size => size.Write(2, "batch"));
                shape.Write(1, size => size.Write(1, columns));
            });
        }));
    }
}
