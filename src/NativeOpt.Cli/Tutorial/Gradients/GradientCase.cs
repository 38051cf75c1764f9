namespace NativeOpt.Cli.Tutorial.Gradients;

/// <summary>An illness: a network that has it, and the same network with one cure after the other.</summary>
/// <param name="Name">In words.</param>
/// <param name="Illness">What the doctor calls it.</param>
/// <param name="LearningRate">Of gradient descent with momentum 0.9, for all of its networks.</param>
/// <param name="Patient">The network as it is.</param>
/// <param name="Cures">The network with a cure.</param>
internal sealed record GradientCase(
    string Name, TrainingIllness Illness, double LearningRate, DeepNetwork Patient, IReadOnlyList<DeepNetwork> Cures)
{
    private static readonly DeepNetwork Sigmoid = new() { Label = "sigmoid", Activation = "sigmoid", Initializer = "glorot_uniform" };

    private static readonly DeepNetwork Large = new()
    {
        Label = "normal(0.6)", Activation = "relu", Initializer = "random_normal(stddev=0.6)",
    };

    /// <summary>
    /// A sigmoid has a slope of 1/4 at most, so that each layer takes away a part of the gradient. Weights four times as large make up for
    /// it: the gain of the initialisation.
    /// </summary>
    public static GradientCase Vanishing { get; } = new(
        "Vanishing: a deep network of sigmoids", TrainingIllness.VanishingGradients, 0.01, Sigmoid,
        [
            Sigmoid with { Label = "ReLU", Activation = "relu" },
            Sigmoid with { Label = "ReLU + He", Activation = "relu", Initializer = "he_normal" },
            Sigmoid with { Label = "4 x Glorot", Initializer = "xavier_normal(gain=4)" },
            Sigmoid with { Label = "batch norm", BatchNorm = true },
            Sigmoid with { Label = "clipping", GlobalClipNorm = 1 },
        ]);

    /// <summary>Weights of deviation 0.6 on 32 inputs: each layer of ReLU multiplies the gradient by 2.4.</summary>
    public static GradientCase Exploding { get; } = new(
        "Exploding: first weights that are too large", TrainingIllness.ExplodingGradients, 0.01, Large,
        [
            Large with { Label = "He", Initializer = "he_normal" },
            Large with { Label = "Glorot", Initializer = "glorot_uniform" },
            Large with { Label = "batch norm", BatchNorm = true },
            Large with { Label = "clipping", GlobalClipNorm = 1 },
        ]);

    /// <summary>Both.</summary>
    public static IReadOnlyList<GradientCase> All { get; } = [Vanishing, Exploding];
}
