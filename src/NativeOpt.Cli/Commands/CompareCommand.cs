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

    private readonly Option<string?> _dataset = OptionValue.Choice("--dataset",
        "Data to learn from [default: fashion-mnist where it is installed, else digits]", "fashion-mnist", "digits");

    private readonly Option<string?> _dataDirectory = OptionValue.Words("--data-dir",
        "Folder with the four Fashion-MNIST files [default: where the system's package puts them]", "folder");

    private readonly Option<int?> _epochs = OptionValue.Whole("--epochs", "Passes over the training data [default: 10]", 1, 100_000);

    private readonly Option<int?> _batchSize = OptionValue.Whole("--batch-size", "Samples per step [default: 32]", 1, 1_000_000);

    private readonly Option<double?> _learningRate = OptionValue.Rate("--learning-rate",
        "Step size of all optimizers that are not given one [default: each optimizer's own]");

    private readonly Option<int?> _seed = OptionValue.Whole("--seed",
        "Start of all random numbers: same seed, same numbers [default: 1]", 0, int.MaxValue);

    private readonly Option<int[]?> _hidden = OptionValue.Sizes("--hidden", "Widths of the hidden layers [default: 128]", 16, 65_536);

    private readonly Option<string?> _output = OptionValue.Words("--output",
        "Folder for report.html, history.csv and results.json [default: out/compare]", "folder");

    private readonly Option<string?> _backend = OptionValue.Choice("--backend",
        "What computes [default: auto, which is native where the library can be loaded]", "auto", "native", "managed");

    private readonly Option<int?> _threads = OptionValue.Whole("--threads",
        "Threads that share a step [default: as many as there are processors]", 1, 1024);

    /// <summary>The command.</summary>
    /// <param name="terminal">Where it writes to.</param>
    /// <param name="cancellation">Ends the training.</param>
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var options = new CompareCommand();
        var command = new Command(Name, "Trains the same network with several optimizers and writes a report.")
        {
            options._optimizers, options._dataset, options._dataDirectory, options._epochs, options._batchSize, options._learningRate,
            options._seed, options._hidden, options._output, options._backend, options._threads,
        };
        command.SetAction(parsed => CompareAction.Run(options.Read(parsed), terminal, cancellation));
        return command;
    }

    private CompareSettings Read(ParseResult parsed)
    {
        var defaults = new CompareSettings { Optimizers = [] };
        double? learningRate = parsed.GetValue(_learningRate);
        if (parsed.GetValue(_dataDirectory) is not null && parsed.GetValue(_dataset) == "digits")
            throw new InputException("--data-dir cannot be used with --dataset digits: the digits are part of the program");
        return new CompareSettings
        {
            Optimizers = OptimizerChoice.ParseList(parsed.GetValue(_optimizers) ?? OptimizerChoice.DefaultList, learningRate),
            Dataset = parsed.GetValue(_dataset),
            DataDirectory = parsed.GetValue(_dataDirectory),
            Epochs = parsed.GetValue(_epochs) ?? defaults.Epochs,
            BatchSize = parsed.GetValue(_batchSize) ?? defaults.BatchSize,
            LearningRate = learningRate,
            Seed = parsed.GetValue(_seed) ?? defaults.Seed,
            // An option that holds an array is never null: it is empty where it was not given.
            Hidden = parsed.GetValue(_hidden) is { Length: > 0 } hidden ? hidden : defaults.Hidden,
            Output = parsed.GetValue(_output) ?? defaults.Output,
            Backend = Enum.Parse<BackendKind>(parsed.GetValue(_backend) ?? "auto", ignoreCase: true),
            Threads = parsed.GetValue(_threads),
        };
    }
}
