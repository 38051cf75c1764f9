namespace NativeOpt.Cli.Tutorial.Gradients;

/// <summary>A deep and narrow network for classification, and how it is trained.</summary>
internal sealed record DeepNetwork
{
    private const string HiddenName = "hidden_", OutputName = "output";

    /// <summary>What it is called in the report.</summary>
    public required string Label { get; init; }

    /// <summary>Of all hidden layers.</summary>
    public required string Activation { get; init; }

    /// <summary>Of all kernels of hidden layers.</summary>
    public required string Initializer { get; init; }

    /// <summary>Whether each hidden layer is normalized in front of its activation.</summary>
    public bool BatchNorm { get; init; }

    /// <summary>The largest length of the whole gradient that reaches the update; null: any.</summary>
    public double? GlobalClipNorm { get; init; }

    /// <summary>Hidden layers.</summary>
    public int Depth { get; init; } = 10;

    /// <summary>Units of each.</summary>
    public int Width { get; init; } = 32;

    /// <summary>Whether a name is that of a dense layer: hidden_1, hidden_2 ... or output.</summary>
    public static bool IsDense(string layer) => layer.StartsWith(HiddenName, StringComparison.Ordinal) || layer == OutputName;

    /// <summary>The network, with its first weights to come.</summary>
    public Sequential Create(int classes, long seed)
    {
        var model = new Sequential(seed);
        for (int i = 1; i <= Depth; i++)
        {
            model.Add(new Dense(Width, BatchNorm ? "linear" : Activation, kernelInitializer: Initializer, name: HiddenName + i));
            if (!BatchNorm)
                continue;
            model.Add(new BatchNormalization());
            model.Add(new ActivationLayer(Activation));
        }
        model.Add(new Dense(classes, "softmax", name: OutputName));
        return model;
    }
}
