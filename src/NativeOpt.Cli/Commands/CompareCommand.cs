using System.CommandLine;
using NativeOpt.Cli.Comparison;
using NativeOpt.Cli.Display;

namespace NativeOpt.Cli.Commands;

/// <summary>`nativeopt compare`: options, settings, and the run itself.</summary>
internal sealed class CompareCommand
{
    /// <summary>What it is called by.</summary>
    public const string Name = "compare";

    private readonly Option<string?> _optimizers = OptionValue.Words("--optimizers",
        $"Optimizers, separated by commas, with settings in parentheses [default: {OptimizerChoice.DefaultList}]", "list");

    private readonly DataOptions _data = new("[default: fashion-mnist where it is installed, else digits]");

    private readonly Option<int?> _epochs = OptionValue.Whole("--epochs", "Passes over the training data [default: 10]", 1, 100_000);

    private readonly Option<int[]?> _batchSizes = OptionValue.Sizes("--batch-size", "Samples per step [default: 32]", 16, 1_000_000);

    private readonly Option<double[]?> _learningRates = OptionValue.Rates("--learning-rate",
        "Step sizes of all optimizers that are not given one [default: each optimizer's own]");

    private readonly Option<string[]?> _initializers = OptionValue.Names("--initializer",
        "First values of the kernels, such as glorot_uniform,he_normal [default: glorot_uniform]", "names",
        name => Initializer.FromName(name));

    private readonly Option<string[]?> _schedules = OptionValue.Names("--schedule",
        "Schedules of the learning rate, such as \"none; cosine_decay(lr=0.1, decay_steps=9000)\" [default: none]", "schedules",
        text => ReadSchedule(text));

    private readonly Option<int?> _seed = OptionValue.Whole("--seed",
        "Start of all random numbers: same seed, same numbers [default: 1]", 0, int.MaxValue - MaxSeeds);

    private readonly Option<int?> _seeds = OptionValue.Whole("--seeds",
        "Runs of each setting, with seeds that follow each other: means and spreads are shown [default: 1]", 1, MaxSeeds);

    private readonly Option<int[]?> _hidden = OptionValue.Sizes("--hidden", "Widths of the hidden layers [default: 128]", 16, 65_536);

    private readonly Option<string?> _output = OptionValue.Words("--output",
        "Folder for report.html, history.csv and results.json [default: out/compare]", "folder");

    private readonly Option<string?> _backend = CommonOptions.Backend();

    private readonly Option<int?> _threads = CommonOptions.Threads();

    private readonly Option<bool> _json = new("--json") { Description = "The results as JSON instead of lines" };

    private const int MaxSeeds = 1000;

    /// <summary>The command.</summary>
    /// <param name="terminal">Where it writes to.</param>
    /// <param name="cancellation">Ends the training.</param>
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var options = new CompareCommand();
        // Several values make a grid; who gives several looks for the plural.
        options._batchSizes.Aliases.Add("--batch-sizes");
        options._learningRates.Aliases.Add("--learning-rates");
        options._initializers.Aliases.Add("--initializers");
        options._schedules.Aliases.Add("--schedules");
        options._initializers.CompletionSources.Add(CommonOptions.Initializers);
        var command = new Command(Name,
            "Trains the same network with several optimizers, or every combination of settings, and writes a report.");
        foreach (Option option in (IEnumerable<Option>)[
            options._optimizers, .. options._data.All, options._epochs, options._batchSizes, options._learningRates, options._initializers,
            options._schedules, options._seed, options._seeds, options._hidden, options._output, options._backend, options._threads,
            options._json])
            command.Options.Add(option);
        command.SetAction(parsed => CompareAction.Run(options.Read(parsed), terminal, cancellation));
        return command;
    }

    private CompareSettings Read(ParseResult parsed)
    {
        var defaults = new CompareSettings { Optimizers = [] };
        return defaults with
        {
            Optimizers = OptimizerChoice.ParseList(parsed.GetValue(_optimizers) ?? OptimizerChoice.DefaultList, learningRate: null),
            Data = _data.Read(new GivenOptions(parsed)),
            Epochs = parsed.GetValue(_epochs) ?? defaults.Epochs,
            // An option that holds an array is never null: it is empty where it was not given.
            BatchSizes = parsed.GetValue(_batchSizes) is { Length: > 0 } sizes ? Distinct("--batch-size", sizes) : defaults.BatchSizes,
            LearningRates = Distinct("--learning-rate", parsed.GetValue(_learningRates) ?? []),
            Initializers = Distinct("--initializer", parsed.GetValue(_initializers) ?? []),
            Schedules = parsed.GetValue(_schedules) is { Length: > 0 } schedules ? Distinct("--schedule", schedules) : defaults.Schedules,
            Seed = parsed.GetValue(_seed) ?? defaults.Seed,
            Seeds = parsed.GetValue(_seeds) ?? defaults.Seeds,
            Hidden = parsed.GetValue(_hidden) is { Length: > 0 } hidden ? hidden : defaults.Hidden,
            Output = parsed.GetValue(_output) ?? defaults.Output,
            Backend = CommonOptions.ReadBackend(parsed.GetValue(_backend)),
            Threads = parsed.GetValue(_threads),
            Json = parsed.GetValue(_json),
        };
    }

    private static T[] Distinct<T>(string option, T[] values) => values.Distinct().Count() == values.Length
        ? values
        : throw new InputException($"{option} has a value twice: {string.Join(", ", values)}");

    private static void ReadSchedule(string text)
    {
        if (text != CompareSettings.NoSchedule)
            Schedule.Parse(text);
    }
}
