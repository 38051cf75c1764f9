using System.Text.Json.Nodes;
using static NativeOpt.Cli.Output.NumberText;

namespace NativeOpt.Cli.Tutorial.Cifar;

/// <summary>A point of the grid: which optimizer, at which rate, with which batches, from which first weights.</summary>
internal sealed record CifarSetting(string Optimizer, double Rate, int BatchSize, string Initializer)
{
    /// <summary>The optimizers of the tutorial.</summary>
    public static IReadOnlyList<string> Optimizers { get; } = ["sgd", "momentum", "rmsprop", "adam"];

    /// <summary>The tutorial's own call: train_model(Adam, lr=0.001, batch_size=64, initializer='he_normal').</summary>
    public static CifarSetting Base { get; } = new("adam", 0.001, 64, "he_normal");

    /// <summary>"adam 0.001, batch 64, he_normal".</summary>
    public string Label => $"{Optimizer} {Number(Rate)}, batch {BatchSize}, {Initializer}";

    /// <summary>Number of the optimizer's colour.</summary>
    public int Slot => SlotOf(Optimizer);

    /// <summary>Number of the colour of an optimizer.</summary>
    public static int SlotOf(string optimizer) => Optimizers.ToList().IndexOf(optimizer);

    /// <summary>The rule.</summary>
    public OptimizerRule Rule => Optimizer switch
    {
        "sgd" => new Sgd { LearningRate = Rate },
        "momentum" => new Sgd { LearningRate = Rate, Momentum = 0.9 },
        "rmsprop" => new RMSprop { LearningRate = Rate },
        _ => new Adam { LearningRate = Rate },
    };

    /// <summary>Members of a run in results.json.</summary>
    public void AddTo(JsonObject run)
    {
        run["optimizer"] = Optimizer;
        run["rate"] = Rate;
        run["initializer"] = Initializer;
    }
}
