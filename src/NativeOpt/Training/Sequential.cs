using System.Collections;
using NativeOpt.Interop;
using NativeOpt.Training;

namespace NativeOpt;

/// <summary>Layers in a row: each gets what the one before it gives.</summary>
/// <example>
/// <code>
/// using var model = new Sequential(seed: 42) { new Dense(128, "relu", inputShape: 784), new Dense(10, "softmax") };
/// model.Compile(new Adam { LearningRate = 1e-3 }, "sparse_categorical_crossentropy", ["accuracy"]);
/// History history = model.Fit(x, y, epochs: 5, validationSplit: 0.1);
/// </code>
/// </example>
public sealed partial class Sequential : Model, IEnumerable<Layer>
{
    private readonly List<Layer> _layers = [];

    /// <summary>No layers yet, and a seed drawn at random.</summary>
    public Sequential() : base(seed: null, NoptDtype.F32) { }

    /// <summary>No layers yet.</summary>
    /// <param name="seed">Decides first weights and the order of rows in training.</param>
    public Sequential(long seed) : base(seed, NoptDtype.F32) { }

    /// <summary>Layers in this order, and a seed drawn at random.</summary>
    /// <exception cref="ArgumentException">A layer is in a model already, or two have one name.</exception>
    public Sequential(params IEnumerable<Layer> layers) : base(seed: null, NoptDtype.F32) => AddAll(layers);

    /// <summary>Layers in this order.</summary>
    /// <param name="seed">Decides first weights and the order of rows in training.</param>
    /// <param name="layers">At least one by the time the model is used.</param>
    /// <exception cref="ArgumentException">A layer is in a model already, or two have one name.</exception>
    public Sequential(long seed, params IEnumerable<Layer> layers) : base(seed, NoptDtype.F32) => AddAll(layers);

    /// <summary>For checks against exact numbers: a model in another element type (F64: managed backend).</summary>
    internal Sequential(NoptDtype dtype, long seed = 0) : base(seed, dtype) { }

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> Layers => _layers;

    /// <summary>Appends a layer.</summary>
    /// <exception cref="ArgumentException">The layer is in a model already, or its name is taken.</exception>
    /// <exception cref="InvalidOperationException">The model is built: its sizes are fixed.</exception>
    public void Add(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (IsBuilt)
            throw new InvalidOperationException("the model is built; layers are added before");
        if (layer.IsOwned)
            throw new ArgumentException($"layer '{layer.Name}' is in a model already", nameof(layer));
        if (layer.Name.Length == 0)
            layer.Name = FreeName(layer.TypeName);
        else if (IsTaken(layer.Name))
            throw new ArgumentException($"the name '{layer.Name}' is taken by another layer", nameof(layer));
        layer.IsOwned = true;
        _layers.Add(layer);
    }

    /// <summary>
    /// A model for prediction in which batch normalizations are a part of the dense layers beside them: of a linear one that they
    /// follow, else of one that follows them. It gives the same outputs up to rounding, is independent of this model and not compiled.
    /// </summary>
    /// <returns>The model; dispose it. A batch normalization without such a neighbour is still there.</returns>
    /// <exception cref="InvalidOperationException">The model is not built.</exception>
    public Sequential FoldBatchNormalization()
    {
        if (!IsBuilt)
            throw new InvalidOperationException("the model has no weights yet; call Build or Fit first");
        var folding = new BatchNormalizationFolding(this);
        var folded = new Sequential(Seed, folding.Layers);
        folded.Build(_layers[0].InputColumns);
        folding.SetWeights(folded);
        return folded;
    }

    /// <inheritdoc/>
    public IEnumerator<Layer> GetEnumerator() => _layers.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void AddAll(IEnumerable<Layer> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        foreach (Layer layer in layers)
            Add(layer);
    }

    private bool IsTaken(string name) => _layers.Exists(layer => layer.Name == name);

    // "dense", "dense_1", "dense_2" ...
    private string FreeName(string typeName)
    {
        string name = typeName;
        for (int i = 1; IsTaken(name); i++)
            name = $"{typeName}_{i}";
        return name;
    }
}
