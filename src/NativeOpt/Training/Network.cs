using NativeOpt.Backends;
using NativeOpt.Initializers;
using NativeOpt.Interop;

namespace NativeOpt.Training;

/// <summary>Layers in a row with their sizes fixed, and the arena of their parameters.</summary>
internal sealed class Network : IDisposable
{
    private readonly ParameterRange[][] _parameters;
    private readonly Regularizer?[] _activityRegularizers;

    /// <summary>Fixes the sizes of the layers and allocates their parameters, all 0.</summary>
    /// <exception cref="ArgumentException">A regularizer or constraint does not fit its parameter.</exception>
    /// <exception cref="InvalidOperationException">
    /// A layer was declared with another number of inputs than it gets, or the parameters are too many.
    /// </exception>
    public Network(IReadOnlyList<Layer> layers, int inputColumns, NoptDtype dtype)
    {
        NetworkSizes.Check(layers, inputColumns, dtype);
        int columns = inputColumns;
        for (int i = 0; i < layers.Count; i++)
        {
            layers[i].Index = i;
            layers[i].Build(columns);
            columns = layers[i].OutputColumns;
        }
        Layers = layers;
        InputColumns = inputColumns;
        _activityRegularizers = new Regularizer?[layers.Count];
        Arena = ParameterArena.Create(layers.SelectMany(DescribeTensors), dtype);
        _parameters = DivideRanges();
        for (int i = 0; i < layers.Count; i++)
            layers[i].Bind(_parameters[i]);
        Freeze();
    }

    public IReadOnlyList<Layer> Layers { get; }

    public ParameterArena Arena { get; }

    public NoptDtype Dtype => Arena.Dtype;

    public int InputColumns { get; }

    public int OutputColumns => Layers[^1].OutputColumns;

    /// <summary>What the random numbers of layers depend on; set by <see cref="Initialize"/>.</summary>
    public ulong Seed { get; private set; }

    /// <summary>Training forwards so far: the number of the next one tells its random numbers from those before.</summary>
    public long TrainingPasses { get; set; }

    /// <summary>
    /// Index of the first layer that has something to train, where backward may stop; the number of layers where none has.
    /// </summary>
    public int FirstTrainedLayer
    {
        get
        {
            int index = Array.FindIndex(_parameters, parameters => parameters.Any(parameter => parameter.IsTrained));
            return index < 0 ? Layers.Count : index;
        }
    }

    /// <summary>The penalties of what the layers give, as the model was compiled with them.</summary>
    public IReadOnlyList<Regularizer?> ActivityRegularizers => _activityRegularizers;

    /// <summary>
    /// Takes over which layers are trainable and their penalties. Gradients become 0: those of frozen layers are not written any more.
    /// </summary>
    public void Freeze()
    {
        for (int i = 0; i < Layers.Count; i++)
            _activityRegularizers[i] = Layers[i].ActivityRegularizer;
        for (int i = 0; i < _parameters.Length; i++)
            foreach (ParameterRange parameter in _parameters[i])
                parameter.IsFrozen = !Layers[i].Trainable;
        ClearGradients();
    }

    /// <summary>Sets all gradients to 0.</summary>
    public void ClearGradients()
    {
        Arena.Gradients.AsSpan<byte>().Clear();
        foreach (ParameterRange[] parameters in _parameters)
            foreach (ParameterRange parameter in parameters)
                parameter.Touched?.Clear();
    }

    /// <summary>Gives all parameters their first values.</summary>
    public unsafe void Initialize(ulong seed, IBackend backend)
    {
        Seed = seed;
        int tensor = 0;
        foreach (ParameterDescription parameter in Layers.SelectMany(layer => layer.DescribeParameters()))
        {
            ParameterRange range = Arena.Ranges[tensor];
            byte* data = (byte*)Arena.Parameters.Pointer + range.Offset * ParameterArena.ElementSize(Dtype);
            var random = new RandomSource(seed, RandomStreams.Initialization(tensor));
            parameter.Initializer.Fill(
                new InitializerTarget(range.ToMatrix(data, Dtype), range.Name, range.Shape, parameter.Fans, random), backend);
            tensor++;
        }
        GC.KeepAlive(Arena);
    }

    /// <inheritdoc/>
    public void Dispose() => Arena.Dispose();

    private static IEnumerable<(string Name, int[] Shape, bool IsState)> DescribeTensors(Layer layer) =>
        layer.DescribeParameters().Select(parameter => ($"{layer.Name}/{parameter.Name}", parameter.Shape, parameter.IsState));

    // The ranges of each layer.
    private ParameterRange[][] DivideRanges()
    {
        int taken = 0;
        return [.. Layers.Select(layer =>
        {
            IReadOnlyList<ParameterDescription> descriptions = layer.DescribeParameters();
            ParameterRange[] own = [.. Arena.Ranges.Skip(taken).Take(descriptions.Count)];
            taken += descriptions.Count;
            foreach ((ParameterRange range, ParameterDescription description) in own.Zip(descriptions))
                (range.Regularizer, range.Constraint) = (description.Regularizer, description.Constraint);
            return own;
        })];
    }
}
