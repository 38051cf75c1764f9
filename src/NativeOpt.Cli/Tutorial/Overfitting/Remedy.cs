namespace NativeOpt.Cli.Tutorial.Overfitting;

/// <summary>Something against overfitting.</summary>
internal sealed record Remedy
{
    /// <summary>What it is called in the report.</summary>
    public required string Label { get; init; }

    /// <summary>Share of the outputs of each hidden layer that is dropped in a training step.</summary>
    public double Dropout { get; init; }

    /// <summary>Penalty of each kernel; null: none.</summary>
    public Regularizer? Penalty { get; init; }

    /// <summary>Epochs without a better validation loss that end the training; null: it runs to its end.</summary>
    public int? Patience { get; init; }

    /// <summary>The network as it overfits.</summary>
    public static Remedy None { get; } = new() { Label = "nothing" };

    /// <summary>What the tutorials advise, one at a time and together; strengths in the usual range for networks of this size.</summary>
    public static IReadOnlyList<Remedy> All { get; } =
    [
        new() { Label = "dropout 0.5", Dropout = 0.5 },
        new() { Label = "L1 0.001", Penalty = new L1(0.001) },
        new() { Label = "L2 0.003", Penalty = new L2(0.003) },
        new() { Label = "early stopping", Patience = 10 },
        new() { Label = "dropout, L2, early stopping", Dropout = 0.5, Penalty = new L2(0.003), Patience = 10 },
    ];

    /// <summary>The network with this remedy.</summary>
    public Sequential CreateModel(IEnumerable<int> hidden, int classes, long seed)
    {
        var model = new Sequential(seed);
        foreach (int width in hidden)
        {
            model.Add(new Dense(width, "relu", kernelInitializer: "he_normal", kernelRegularizer: Penalty));
            if (Dropout > 0)
                model.Add(new Dropout(Dropout));
        }
        model.Add(new Dense(classes, "softmax", kernelRegularizer: Penalty));
        return model;
    }
}
