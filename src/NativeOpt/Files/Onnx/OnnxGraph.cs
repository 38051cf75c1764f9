using System.Globalization;

namespace NativeOpt.Files;

/// <summary>
/// Operations that an ONNX file is going to have, one behind the other: each takes values by name and gives one
/// (https://onnx.ai/onnx/operators, the versions of operator set 17).
/// </summary>
internal sealed class OnnxGraph
{
    /// <summary>Name of what the model takes, and of what it gives.</summary>
    public const string Input = "input", Output = "output";

    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxTensor> _tensors = [];
    private readonly HashSet<string> _names = [Input, Output];

    /// <summary>The operations in their order.</summary>
    public IReadOnlyList<OnnxNode> Nodes => _nodes;

    /// <summary>The arrays they take.</summary>
    public IReadOnlyList<OnnxTensor> Tensors => _tensors;

    /// <summary>First part of the names of what is added: the layer at hand.</summary>
    public string Place { get; set; } = "";

    /// <summary>Adds an operation.</summary>
    /// <returns>The name of what it gives.</returns>
    public string Add(string operation, IReadOnlyList<string> inputs, params OnnxAttribute[] attributes)
    {
        var node = new OnnxNode(FreeName($"{Place}/{operation}"), operation, inputs, attributes);
        _nodes.Add(node);
        return node.Name;
    }

    /// <summary>Adds an operation of one value.</summary>
    public string Add(string operation, string input, params OnnxAttribute[] attributes) => Add(operation, [input], attributes);

    /// <summary>Adds an operation of a value and a number.</summary>
    public string Add(string operation, string input, double number) => Add(operation, [input, AddNumber(number)]);

    /// <summary>Adds an array of singles.</summary>
    /// <returns>Its name.</returns>
    public string AddSingles(string name, IReadOnlyList<int> shape, float[] values)
    {
        var tensor = new OnnxTensor(FreeName($"{Place}/{name}"), [.. shape.Select(size => (long)size)], values, []);
        _tensors.Add(tensor);
        return tensor.Name;
    }

    /// <summary>Adds a row of whole numbers.</summary>
    /// <returns>Its name.</returns>
    public string AddIntegers(string name, params long[] values)
    {
        var tensor = new OnnxTensor(FreeName($"{Place}/{name}"), [values.Length], [], values);
        _tensors.Add(tensor);
        return tensor.Name;
    }

    /// <summary>Adds a number, once for the whole graph.</summary>
    /// <returns>Its name.</returns>
    public string AddNumber(double value)
    {
        float number = (float)value;
        string name = number.ToString("R", CultureInfo.InvariantCulture);
        if (_names.Add(name))
            _tensors.Add(new OnnxTensor(name, [], [number], []));
        return name;
    }

    /// <summary>Makes a value what the model gives.</summary>
    public void Complete(string value)
    {
        // A value that nothing was done to needs an operation all the same.
        if (_nodes.Count == 0 || _nodes[^1].Name != value)
            Add("Identity", value);
        _nodes[^1] = _nodes[^1] with { Name = Output };
    }

    private string FreeName(string wanted)
    {
        string name = wanted;
        for (int i = 1; !_names.Add(name); i++)
            name = $"{wanted}_{i}";
        return name;
    }
}

/// <summary>An operation.</summary>
/// <param name="Name">Name of what it gives.</param>
/// <param name="Operation">What ONNX calls it.</param>
/// <param name="Inputs">Names of what it takes.</param>
/// <param name="Attributes">Its settings.</param>
internal sealed record OnnxNode(string Name, string Operation, IReadOnlyList<string> Inputs, IReadOnlyList<OnnxAttribute> Attributes);

/// <summary>A setting of an operation: a number, a whole one, or a list of whole ones.</summary>
internal sealed record OnnxAttribute(string Name, float? Number = null, long? Whole = null, long[]? List = null)
{
    public static implicit operator OnnxAttribute((string Name, double Value) number) => new(number.Name, Number: (float)number.Value);

    public static implicit operator OnnxAttribute((string Name, int Value) whole) => new(whole.Name, Whole: whole.Value);

    public static implicit operator OnnxAttribute((string Name, long[] Values) list) => new(list.Name, List: list.Values);
}

/// <summary>An array: singles or whole numbers, row-major; no sizes for a single number.</summary>
internal sealed record OnnxTensor(string Name, long[] Shape, float[] Singles, long[] Integers);
