namespace NativeOpt.Tests.Files.Onnx;

/// <summary>Small models of all layers and activations, with weights that are no defaults.</summary>
internal static class OnnxModels
{
    private static readonly Dictionary<string, Func<Layer[]>> Layers = new()
    {
        ["mlp"] = () => [new Dense(8, "relu"), new Dense(3, "softmax")],
        ["no bias"] = () => [new Dense(4, "tanh", useBias: false), new Dense(2)],
        ["nothing"] = () => [new Dropout(0.5)],
        ["batch normalization"] = () =>
            [new BatchNormalization(), new Dense(4), new BatchNormalization(scale: false), new ReLU(), new Dense(2)],
        ["batch normalization alone"] = () => [new BatchNormalization(center: false), new ReLU()],
        ["layer normalization"] = () => [new LayerNormalization(), new Dense(4), new LayerNormalization(center: false, scale: false)],
        ["rms normalization"] = () => [new Dense(4), new RMSNormalization()],
        ["noise"] = () => [new GaussianNoise(0.5), new Dense(4, "selu"), new AlphaDropout(0.2), new GaussianDropout(0.2), new Dense(2)],
        ["prelu"] = () => [new Dense(4), new PReLU(), new Dense(4), new PReLU(shared: true)],
        ["rescaling"] = () => [new Rescaling(0.25, -0.5), new Dense(2)],
        ["embedding"] = () => [new Embedding(12, 3), new Dense(2)],
        ["capped"] = () => [new Dense(4), new ReLU(maxValue: 0.5), new LeakyReLU(0.1), new ELU(0.7), new Softmax()],
        ["parameters"] = () => [new Dense(4, "celu(alpha=0.5)"), new Dense(4, "silu(beta=1.5)"), new Dense(4, "softplus(beta=2)")],
    };

    /// <summary>Of the models; an activation's is of a dense layer that has it.</summary>
    public static IEnumerable<string> Names =>
        [.. Layers.Keys, .. Activation.KnownNames.Where(name => Activation.FromName(name).CustomFunction is null)];

    /// <summary>A built model and rows for it.</summary>
    public static (Sequential Model, float[,] X) Create(string name)
    {
        var model = new Sequential(seed: 5, Layers.TryGetValue(name, out Func<Layer[]>? layers) ? layers() : [new Dense(4, name)]);
        model.Build(5);
        foreach (string parameter in model.ParameterNames)
            model.SetWeights(parameter, Weights(parameter, model.GetWeights(parameter)));
        return (model, Rows(name == "embedding"));
    }

    // Distinct, of both signs where the parameter may have both.
    private static float[,] Weights(string parameter, float[,] values)
    {
        int columns = values.GetLength(1);
        for (int i = 0; i < values.Length; i++)
            values[i / columns, i % columns] = parameter.Contains("variance") ? 0.5f + i * 0.25f : MathF.Sin(1.7f * i + parameter.Length) * 0.8f;
        return values;
    }

    private static float[,] Rows(bool areIds)
    {
        var x = new float[7, 5];
        for (int i = 0; i < x.Length; i++)
            x[i / 5, i % 5] = areIds ? i * 5 % 12 : 2.5f * MathF.Cos(0.9f * i);
        return x;
    }
}
