using System.CommandLine;
using NativeOpt.Cli.Display;
using NativeOpt.Cli.Loading;
using NativeOpt.Cli.Models;

namespace NativeOpt.Cli.Commands;

/// <summary>`nativeopt train`: options, a recipe, and the training itself.</summary>
internal sealed class TrainCommand
{
    /// <summary>What it is called by.</summary>
    public const string Name = "train";

    private readonly DataOptions _data = new();

    private readonly ModelOptions _model = new();

    private readonly Option<string?> _scale = CommonOptions.Scale();

    private readonly Option<int?> _epochs = OptionValue.Whole("--epochs", "Passes over the training data [default: 10]", 1, 1_000_000);

    private readonly Option<int?> _batchSize = OptionValue.Whole("--batch-size", "Samples per step [default: 32]", 1, 1_000_000);

    private readonly Option<double?> _validationSplit = OptionValue.Share("--validation-split",
        "Share of the training rows, the last ones, that is held out [default: 0.1]");

    private readonly Option<int?> _earlyStopping = OptionValue.Whole("--early-stopping",
        "Ends the training when nothing has improved for so many epochs, with the best weights [default: off]", 0, 1_000_000);

    private readonly Option<int?> _reduceRate = OptionValue.Whole("--reduce-lr",
        "Reduces the learning rate when nothing has improved for so many epochs [default: off]", 0, 1_000_000);

    private readonly Option<double?> _reduceFactor = OptionValue.Share("--reduce-lr-factor",
        "What it is multiplied by then [default: 0.1]");

    private readonly Option<string?> _monitor = OptionValue.Words("--monitor",
        "The number that these two watch [default: val_loss]", "name");

    private readonly Option<int?> _checkpointSteps = OptionValue.Whole("--checkpoint-steps",
        "Saves the checkpoint after every so many steps too [default: after each epoch]", 1, int.MaxValue);

    private readonly Option<string?> _recipe = OptionValue.Words("--recipe",
        "JSON file with any of these settings; options on the command line go before it", "file");

    private readonly Option<string?> _output = OptionValue.Words("--output",
        "Folder for the model, history.csv, results.json, report.html and recipe.json [default: out/train]", "folder");

    private readonly Option<bool> _resume = new("--resume") { Description = "Goes on with the checkpoint in the folder, to the last bit" };

    private readonly Option<bool> _overwrite = new("--overwrite")
    {
        Description = "Starts anew where an interrupted training waits in the folder",
    };

    private readonly Option<int?> _threads = CommonOptions.Threads();

    private readonly Option<bool> _json = new("--json") { Description = "The results as JSON instead of lines" };

    private readonly Command _command = new(Name, "Trains one model and saves it with all that predictions need.");

    private TrainCommand()
    {
        foreach (Option option in (IEnumerable<Option>)[.. InRecipe, _recipe, _output, _resume, _overwrite, _threads, _json])
            _command.Options.Add(option);
    }

    private IEnumerable<Option> InRecipe =>
    [
        .. _data.All, .. _model.All, _scale, _epochs, _batchSize, _validationSplit, _earlyStopping, _reduceRate, _reduceFactor, _monitor,
        _checkpointSteps,
    ];

    /// <summary>The command.</summary>
    /// <param name="terminal">Where it writes to.</param>
    /// <param name="cancellation">Ends the training.</param>
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var options = new TrainCommand();
        options._command.SetAction(parsed => TrainAction.Run(options.Read(parsed), terminal, cancellation));
        return options._command;
    }

    private TrainSettings Read(ParseResult parsed)
    {
        string output = parsed.GetValue(_output) ?? Path.Combine("out", "train");
        return parsed.GetValue(_resume) ? ReadResumed(parsed, output) : Read(Given(parsed, parsed.GetValue(_recipe), "--recipe"), output);
    }

    /// <summary>The settings of the training that waits in the folder; only those that leave its numbers as they are may differ.</summary>
    private TrainSettings ReadResumed(ParseResult parsed, string output)
    {
        Option[] free = [_epochs, _output, _resume, _threads, _json];
        var given = new GivenOptions(parsed);
        if (_command.Options.FirstOrDefault(option => !free.Contains(option) && given.IsOnLine(option)) is { } fixedOption)
            throw new InputException(
                $"{fixedOption.Name} cannot be used with --resume: the training goes on with the settings it began with");
        var checkpoint = new TrainingCheckpoint(Path.GetFullPath(output));
        if (!checkpoint.Exists)
            throw new InputException($"--output is '{output}'; there is no checkpoint to go on with");
        return Read(Given(parsed, checkpoint.RecipePath, "--resume"), output) with { Resume = true };
    }

    private GivenOptions Given(ParseResult parsed, string? path, string option)
    {
        if (path is null)
            return new GivenOptions(parsed);
        string argument = $"{option} is '{path}'";
        ParseResult recipe = _command.Parse(
            RecipeFile.Read(path, argument, [.. InRecipe.Select(known => known.Name)]),
            new ParserConfiguration { ResponseFileTokenReplacer = null });
        return recipe.Errors.Count == 0
            ? new GivenOptions(parsed, recipe)
            : throw new InputException($"{argument}; {recipe.Errors[0].Message}");
    }

    private TrainSettings Read(GivenOptions given, string output)
    {
        DataChoice data = _data.Read(given);
        if (!data.IsGiven)
            throw new InputException("there is nothing to learn from: --dataset, --csv or --npz says what");
        var defaults = new TrainSettings { Data = data, Model = _model.Read(given) };
        return defaults with
        {
            Scale = CommonOptions.ReadScale(given.Get(_scale)),
            Epochs = given.Get(_epochs) ?? defaults.Epochs,
            BatchSize = given.Get(_batchSize) ?? defaults.BatchSize,
            ValidationSplit = given.Get(_validationSplit) ?? defaults.ValidationSplit,
            EarlyStopping = given.Get(_earlyStopping),
            ReduceRate = given.Get(_reduceRate),
            ReduceFactor = given.Get(_reduceFactor) ?? defaults.ReduceFactor,
            Monitor = given.Get(_monitor),
            CheckpointSteps = given.Get(_checkpointSteps),
            Output = output,
            Threads = given.Get(_threads),
            Overwrite = given.Get(_overwrite),
            Json = given.Get(_json),
        };
    }
}
