using NativeOpt.Cli.Commands;
using NativeOpt.Cli.Loading;
using NativeOpt.Text;
using NativeOpt.Training;

namespace NativeOpt.Cli.Models;

/// <summary>Makes a model of settings, with an output layer and a loss that fit the target.</summary>
internal sealed class NetworkBuilder(ModelSettings settings, LoadedData data)
{
    private const string ClassLoss = "sparse_categorical_crossentropy", NumberLoss = "mse";

    private readonly Loss _loss = Loss.FromName(settings.Loss ?? (data.HasClasses ? ClassLoss : NumberLoss));

    /// <summary>The name of the loss.</summary>
    public string LossName => settings.Loss ?? (data.HasClasses ? ClassLoss : NumberLoss);

    /// <summary>The names of the metrics.</summary>
    public IReadOnlyList<string> MetricNames => settings.Metrics.Count > 0 ? settings.Metrics : [data.HasClasses ? "accuracy" : "mae"];

    /// <summary>Whether classes become rows of 0 and a 1: the loss takes rows, and one output does not tell the classes apart.</summary>
    public bool IsOneHot => data.HasClasses && !_loss.TakesLabels && Outputs > 1;

    /// <summary>Two classes are one probability for the losses that take targets from 0 to 1.</summary>
    private int Outputs => !data.HasClasses ? data.Train.TargetColumns
        : data.ClassNames.Count == 2 && IsBinary ? 1
        : data.ClassNames.Count;

    private bool IsBinary => _loss.TakesUnitTargets || _loss is Hinge or SquaredHinge;

    /// <summary>The model: compiled, and with its first weights.</summary>
    /// <param name="rows">What it will learn from.</param>
    /// <exception cref="InputException">Settings, loss and data do not fit together.</exception>
    public Sequential Build(InMemoryDataset rows)
    {
        if (_loss.TakesLabels && !data.HasClasses)
            throw new InputException($"--loss is '{LossName}'; it needs classes, and the target of '{data.Name}' is a number");
        Sequential? model = null;
        try
        {
            model = settings.Layers is { } layers
                ? Sequential.FromJson(LayersJson.ToModel(layers, settings.Seed), settings.Backend)
                : Stack();
            model.Compile(Rule(), _loss, [.. MetricNames], settings.Backend);
            model.RequireObjective(DataRanges.All(rows, ArgumentNames.Dataset));
            return model;
        }
        catch (ArgumentException e)
        {
            model?.Dispose();
            throw new InputException(ArgumentFailure.Sentence(e), e);
        }
    }

    private OptimizerRule Rule()
    {
        if (settings.Schedule is null)
            return settings.Optimizer.Rule;
        OptimizerRule rule = settings.Optimizer.Rule.WithLearningRate(Schedule.Parse(settings.Schedule));
        rule.RefuseSchedule(rule.LearningRate, "--schedule");
        return rule;
    }

    private Sequential Stack()
    {
        var model = new Sequential(seed: settings.Seed);
        Activation activation = Activation.FromName(settings.Activation);
        foreach (int width in settings.Hidden)
        {
            model.Add(Layer(width, settings.BatchNormalization ? null : activation));
            if (settings.BatchNormalization)
            {
                model.Add(new BatchNormalization());
                model.Add(new ActivationLayer(activation));
            }
            if (settings.Dropout > 0)
                model.Add(new Dropout(settings.Dropout));
        }
        model.Add(Layer(Outputs, OutputActivation()));
        return model;
    }

    /// <summary>What the loss is computed together with; for others that take rows of probabilities softmax, or sigmoid.</summary>
    private Activation? OutputActivation() => _loss.TakesLogits || !data.HasClasses ? null
        : _loss is Hinge or SquaredHinge or CategoricalHinge ? null
        : _loss.FusedActivation ?? (Outputs == 1 ? Activation.Sigmoid : Activation.Softmax);

    private Dense Layer(int units, Activation? activation) => new(
        units, activation, kernelInitializer: settings.Initializer is { } name ? Initializer.FromName(name) : null,
        kernelRegularizer: settings is { L1: 0, L2: 0 } ? null : new L1L2(settings.L1, settings.L2));
}
