namespace NativeOpt.Cli.Tutorial.Inputs;

/// <summary>A network of equal hidden layers.</summary>
/// <param name="Activation">Of hidden layers.</param>
/// <param name="Initializer">Of their kernels.</param>
/// <param name="Depth">Hidden layers.</param>
/// <param name="Width">Units of each.</param>
internal sealed record InputsNetwork(string Activation, string Initializer, int Depth, int Width)
{
    /// <summary>The activations of the experiment.</summary>
    public static IReadOnlyList<string> Activations { get; } = ["relu", "tanh"];

    /// <summary>The initialisers of the experiment.</summary>
    public static IReadOnlyList<string> Initializers { get; } = ["he_normal", "glorot_uniform"];

    /// <summary>"relu, He", "tanh, Glorot".</summary>
    public string Label => $"{Activation}, {(Initializer.StartsWith("he", StringComparison.Ordinal) ? "He" : "Glorot")}";

    /// <summary>Each initialiser with each activation.</summary>
    public static IEnumerable<InputsNetwork> All(int depth, int width) =>
        from activation in Activations from initializer in Initializers select new InputsNetwork(activation, initializer, depth, width);

    /// <summary>The layers, the last one among them.</summary>
    public IEnumerable<Layer> CreateLayers(int classes) =>
        CreateHidden(Depth).Append(new Dense(classes, "softmax", kernelInitializer: Initializer));

    /// <summary>
    /// Root of the mean square of what each hidden layer gives before training: the same in each layer where signals neither fade nor grow.
    /// </summary>
    public IReadOnlyList<double> MeasureSignals(Features rows, long seed)
    {
        var sizes = new double[Depth];
        for (int layers = 1; layers <= Depth; layers++)
        {
            // First weights follow from the seed and the position of the layer: the shorter network is the beginning of the longer one.
            using var beginning = new Sequential(seed, CreateHidden(layers));
            float[,] outputs = beginning.PredictOnBatch(rows);
            double sum = 0;
            foreach (float output in outputs)
                sum += (double)output * output;
            sizes[layers - 1] = Math.Sqrt(sum / outputs.Length);
        }
        return sizes;
    }

    private IEnumerable<Layer> CreateHidden(int layers) =>
        Enumerable.Range(0, layers).Select(_ => new Dense(Width, Activation, kernelInitializer: Initializer));
}
