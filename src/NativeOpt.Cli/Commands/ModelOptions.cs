using System.CommandLine;
using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Models;

namespace NativeOpt.Cli.Commands;

/// <summary>The options that describe a network and how it learns, which several commands share.</summary>
internal sealed class ModelOptions
{
    private const string OptimizerName = "--optimizer";

    private readonly Option<int[]?> _hidden = OptionValue.Sizes("--hidden", "Widths of the hidden layers [default: 128]", 16, 65_536);

    private readonly Option<string?> _activation = OptionValue.Checked("--activation",
        "Activation of the hidden layers, with settings if need be: \"leaky_relu(negative_slope=0.1)\" [default: relu]", "name",
        text => Activation.FromName(text));

    private readonly Option<double?> _dropout = OptionValue.Share("--dropout",
        "Share of the outputs of each hidden layer that is dropped in training [default: 0]");

    private readonly Option<bool> _batchNorm = new("--batch-norm")
    {
        Description = "Batch normalization in each hidden layer, before its activation",
    };

    private readonly Option<string?> _initializer = OptionValue.Checked("--initializer",
        "First values of the kernels, such as he_normal [default: glorot_uniform]", "name", text => Initializer.FromName(text));

    private readonly Option<double?> _l1 = OptionValue.Rate("--l1", "Penalty on the sizes of the kernels' weights [default: 0]");

    private readonly Option<double?> _l2 = OptionValue.Rate("--l2", "Penalty on their squares [default: 0]");

    private readonly Option<string?> _layers = OptionValue.Checked("--layers",
        "All layers as JSON, in the form of Keras or of this library, instead of the options above", "json",
        text => LayersJson.ToModel(text, seed: 0));

    private readonly Option<string?> _optimizer = OptionValue.Checked(OptimizerName,
        "Optimizer, with settings in parentheses: \"adam(lr=0.002)\" [default: adam]", "name",
        text => OptimizerChoice.Parse(text, null, OptimizerName));

    private readonly Option<double?> _learningRate = OptionValue.Rate("--learning-rate",
        "Step size, where the optimizer is not given one [default: the optimizer's own]");

    private readonly Option<string?> _schedule = OptionValue.Checked("--schedule",
        "Schedule of the learning rate: \"cosine_decay(lr=0.1, decay_steps=1000)\"; `nativeopt schedule` shows what it does", "schedule",
        text => Schedule.Parse(text));

    private readonly Option<string?> _loss = OptionValue.Checked("--loss",
        "What is minimized [default: sparse_categorical_crossentropy for classes, mse for numbers]", "name", text => Loss.FromName(text));

    private readonly Option<string[]?> _metrics = OptionValue.Names("--metrics",
        "What else is measured, separated by commas [default: accuracy for classes, mae for numbers]", "names",
        name => Metric.FromName(name));

    private readonly Option<int?> _seed = OptionValue.Whole("--seed",
        "Start of all random numbers: same seed, same numbers [default: 1]", 0, int.MaxValue);

    private readonly Option<string?> _backend = CommonOptions.Backend();

    public ModelOptions() => _initializer.CompletionSources.Add(CommonOptions.Initializers);

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All =>
    [
        _hidden, _activation, _dropout, _batchNorm, _initializer, _l1, _l2, _layers, _optimizer, _learningRate, _schedule, _loss, _metrics,
        _seed, _backend,
    ];

    /// <summary>All but the schedule, for a command that chooses the rate itself.</summary>
    public IEnumerable<Option> WithoutSchedule => All.Where(option => option != _schedule);

    /// <summary>The settings.</summary>
    /// <exception cref="InputException">They contradict each other.</exception>
    public ModelSettings Read(GivenOptions given)
    {
        Option[] ofStack = [_hidden, _activation, _dropout, _batchNorm, _initializer, _l1, _l2];
        string? layers = given.Get(_layers);
        if (layers is not null && Array.Find(ofStack, given.IsOnLine) is { } contradiction)
            throw new InputException($"{contradiction.Name} cannot be used with --layers, which says all of it");
        if (given.Get(_schedule) is not null && given.Get(_learningRate) is not null)
            throw new InputException("--learning-rate cannot be used with --schedule, which says what the rate is");
        var defaults = new ModelSettings
        {
            Optimizer = OptimizerChoice.Parse(given.Get(_optimizer) ?? "adam", given.Get(_learningRate), OptimizerName),
        };
        return defaults with
        {
            // An option that holds an array is never null: it is empty where it was not given.
            Hidden = given.Get(_hidden) is { Length: > 0 } hidden ? hidden : defaults.Hidden,
            Activation = given.Get(_activation) ?? defaults.Activation,
            Dropout = given.Get(_dropout) ?? 0,
            BatchNormalization = given.Get(_batchNorm),
            Initializer = given.Get(_initializer),
            L1 = given.Get(_l1) ?? 0,
            L2 = given.Get(_l2) ?? 0,
            Layers = layers,
            Schedule = given.Get(_schedule),
            Loss = given.Get(_loss),
            Metrics = given.Get(_metrics) ?? [],
            Seed = given.Get(_seed) ?? defaults.Seed,
            Backend = CommonOptions.ReadBackend(given.Get(_backend)),
        };
    }
}
