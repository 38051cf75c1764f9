using NativeOpt.Backends;
using NativeOpt.Initializers;
using NativeOpt.Interop;

namespace NativeOpt.Training;

/// <summary>Layers in a row with their sizes fixed, and the arena of their parameters.</summary>
internal sealed class Network : IDisposable
{
    /// <summary>Fixes the sizes of the layers and allocates their parameters, all 0.</summary>
    /// <exception cref="InvalidOperationException">
    /// A layer was declared with another number of inputs than it gets, or the parameters are too many.
    /// </exception>
    public Network(IReadOnlyList<Layer> layers, int inputColumns, NoptDtype dtype)
    {
        NetworkSizes.Check(layers, inputColumns, dtype);
        int columns = inputColumns;
        foreach (Layer layer in layers)
        {
            layer.Build(columns);
            columns = layer.OutputColumns;
        }
        Layers = layers;
        InputColumns = inputColumns;
        Arena = ParameterArena.Create(layers.SelectMany(DescribeShapes), dtype);
        foreach (Layer layer in layers)
            layer.Bind(Arena);
    }

    public IReadOnlyList<Layer> Layers { get; }

    public ParameterArena Arena { get; }

    public NoptDtype Dtype => Arena.Dtype;

    public int InputColumns { get; }

    public int OutputColumns => Layers[^1].OutputColumns;

    /// <summary>Gives all parameters their first values.</summary>
    public unsafe void Initialize(ulong seed, IBackend backend)
    {
        int tensor = 0;
        foreach (ParameterDescription parameter in Layers.SelectMany(layer => layer.DescribeParameters()))
        {
            ParameterRange range = Arena.Ranges[tensor];
            byte* data = (byte*)Arena.Parameters.Pointer + range.Offset * ParameterArena.ElementSize(Dtype);
            var random = new RandomSource(seed, RandomStreams.Initialization(tensor));
            parameter.Initializer.Fill(range.ToMatrix(data, Dtype), parameter.Fans, random, backend);
            tensor++;
        }
        GC.KeepAlive(Arena);
    }

    /// <inheritdoc/>
    public void Dispose() => Arena.Dispose();

    private static IEnumerable<(string Name, int[] Shape)> DescribeShapes(Layer layer) =>
        layer.DescribeParameters().Select(parameter => ($"{layer.Name}/{parameter.Name}", parameter.Shape));
}
