using System.Runtime.InteropServices;

namespace NativeOpt.Tests.Files.Onnx;

/// <summary>
/// Reads an ONNX file and computes in double what the specification of its operations says (https://onnx.ai/onnx/operators). Shares
/// nothing with what wrote it.
/// </summary>
internal sealed class OnnxInterpreter
{
    private readonly ProtobufMessage _graph;
    private readonly Dictionary<string, OnnxValue> _values = [];

    public OnnxInterpreter(byte[] file)
    {
        Model = new ProtobufMessage(file);
        _graph = Model.Message(7);
        foreach (ProtobufMessage tensor in _graph.Messages(5))
            _values[tensor.Text(8)] = new OnnxValue([.. tensor.Wholes(1).Select(size => (int)size)], Elements(tensor));
    }

    /// <summary>All of the file.</summary>
    public ProtobufMessage Model { get; }

    /// <summary>Names of the operations, in their order.</summary>
    public string[] Operations => [.. _graph.Messages(1).Select(node => node.Text(4))];

    /// <summary>Names of the arrays in the file.</summary>
    public string[] TensorNames => [.. _graph.Messages(5).Select(tensor => tensor.Text(8))];

    /// <summary>What the model takes (field 11) or gives (12): name, type, name of the first size, second size.</summary>
    public (string Name, long Type, string Batch, long Columns) Describe(int field)
    {
        ProtobufMessage value = _graph.Message(field), type = value.Message(2).Message(1);
        ProtobufMessage[] sizes = type.Message(2).Messages(1);
        Assert(sizes.Length == 2, "two sizes");
        return (value.Text(1), type.Whole(1), sizes[0].Text(2), sizes[1].Whole(1));
    }

    public float[,] Run(float[,] x)
    {
        _values["input"] = new OnnxValue([x.GetLength(0), x.GetLength(1)], [.. x.Cast<float>().Select(value => (double)value)]);
        foreach (ProtobufMessage node in _graph.Messages(1))
        {
            OnnxValue[] inputs = [.. node.Texts(1).Select(name => _values[name])];
            _values[node.Text(2)] = OnnxOperations.Run(node.Text(4), inputs, new Attributes(node.Messages(5)));
        }
        OnnxValue output = _values["output"];
        var y = new float[output.Rows, output.Columns];
        for (int i = 0; i < output.Data.Length; i++)
            y[i / output.Columns, i % output.Columns] = (float)output.Data[i];
        return y;
    }

    private static double[] Elements(ProtobufMessage tensor) => tensor.Whole(2) switch
    {
        1 => [.. MemoryMarshal.Cast<byte, float>(tensor.Bytes(9)).ToArray().Select(value => (double)value)],
        7 => [.. MemoryMarshal.Cast<byte, long>(tensor.Bytes(9)).ToArray().Select(value => (double)value)],
        long type => throw new InvalidDataException($"type {type}"),
    };

    private static void Assert(bool condition, string what)
    {
        if (!condition)
            throw new InvalidDataException($"expected {what}");
    }

    /// <summary>The settings of an operation; reading one checks its type.</summary>
    internal sealed class Attributes(ProtobufMessage[] attributes)
    {
        public double Single(string name) => Find(name, type: 1).Single(2);

        public long Whole(string name) => Find(name, type: 2).Whole(3);

        public long[] Wholes(string name) => Find(name, type: 7).Wholes(8);

        private ProtobufMessage Find(string name, long type)
        {
            ProtobufMessage found = attributes.Single(attribute => attribute.Text(1) == name);
            Assert(found.Whole(20) == type, $"type {type} of '{name}'");
            return found;
        }
    }
}
