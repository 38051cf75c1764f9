using NativeOpt.Cli.Tutorial.Trials;

namespace NativeOpt.Cli.Tutorial.Inputs;

/// <summary>Trains networks on the data of several seeds.</summary>
/// <param name="samples">Rows of each seed.</param>
/// <param name="seeds">Other rows, first weights and orders with each.</param>
/// <param name="backend">What computes.</param>
internal sealed class InputsTrainer(int samples, IReadOnlyList<int> seeds, BackendKind backend)
{
    /// <summary>Rows of a step.</summary>
    public const int BatchSize = 32;

    private readonly Dictionary<Preparation, InputsData[]> _data = Enum.GetValues<Preparation>().ToDictionary(
        preparation => preparation, preparation => seeds.Select(seed => InputsData.Make(samples, seed).Prepare(preparation)).ToArray());

    /// <summary>Trains a network once with each seed.</summary>
    public InputsRun Train(
        InputsNetwork network, Preparation preparation, TutorialOptimizer optimizer, int epochs, CancellationToken cancellation)
    {
        string label = $"{optimizer.Name}, {network.Label}, {network.Depth} layers, {preparation.ToString().ToLowerInvariant()}";
        return new InputsRun(network, preparation, optimizer.Name, new TrialGroup(label, [.. seeds.Index().Select(seed => Trial.Run(
            Plan(label, network, _data[preparation][seed.Index], optimizer, epochs, seed.Item), cancellation))]));
    }

    /// <summary>What the hidden layers of a network give for standardized rows of the first seed, before training.</summary>
    public IReadOnlyList<double> MeasureSignals(InputsNetwork network) =>
        network.MeasureSignals(_data[Preparation.Standardized][0].Train.X, seeds[0]);

    private TrialPlan Plan(string label, InputsNetwork network, InputsData data, TutorialOptimizer optimizer, int epochs, int seed) => new()
    {
        Label = label,
        Rule = optimizer.Rule,
        Layers = () => network.CreateLayers(data.Classes),
        Loss = "sparse_categorical_crossentropy",
        Epochs = epochs,
        BatchSize = BatchSize,
        Seed = seed,
        Backend = backend,
        Train = data.Train,
        Validation = data.Test,
        Test = data.Test,
    };
}
