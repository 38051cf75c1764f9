using System.CommandLine;
using NativeOpt.Cli.Display;
using NativeOpt.Cli.Tutorial;

namespace NativeOpt.Cli.Commands;

/// <summary>`nativeopt tutorial`: the name of an experiment, options, and the run itself.</summary>
internal sealed class TutorialCommand
{
    /// <summary>What it is called by.</summary>
    public const string Name = "tutorial";

    private readonly Argument<string> _experiment = new("name")
    {
        Description = "One of the experiments below, or list",
        HelpName = "name",
        Arity = ArgumentArity.ExactlyOne,
    };

    private readonly Option<string?> _output = OptionValue.Words("--output",
        "Folder for report.html, results.json and CSV files [default: out/tutorial/NAME]", "folder");

    private readonly Option<int?> _seeds = OptionValue.Whole("--seeds",
        "Repetitions with other random numbers [default: the experiment's own]", 1, 1000);

    private readonly Option<int?> _seed = OptionValue.Whole("--seed", "The first of the seeds [default: 1]", 0, 1_000_000_000);

    private readonly Option<int?> _epochs = OptionValue.Whole("--epochs",
        "Passes over the training data [default: the experiment's own]", 1, 100_000);

    private readonly Option<int?> _rows = OptionValue.Whole("--rows",
        "Training rows to use, the first ones [default: the experiment's own]", 100, 1_000_000_000);

    private readonly Option<string?> _dataDirectory = OptionValue.Words("--data-dir",
        "Folder with the data set [default: where it is usually installed]", "folder");

    private readonly Option<bool> _fullGrid = new("--full-grid") { Description = "All combinations instead of one factor at a time" };

    private readonly Option<bool> _quick = new("--quick") { Description = "Few rows and epochs, to see that it works" };

    private readonly Option<bool> _json = new("--json") { Description = "results.json on the terminal instead of words" };

    private readonly Option<string?> _backend = OptionValue.Choice("--backend",
        "What computes [default: auto, which is native where the library can be loaded]", "auto", "native", "managed");

    private readonly Option<int?> _threads = OptionValue.Whole("--threads",
        "Threads that share a step [default: as many as there are processors]", 1, 1024);

    /// <summary>The command.</summary>
    /// <param name="terminal">Where it writes to.</param>
    /// <param name="cancellation">Ends the experiment.</param>
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var options = new TutorialCommand();
        options._experiment.CompletionSources.Add([.. Experiments.All.Select(experiment => experiment.Name), TutorialAction.List]);
        var command = new Command(Name, "Runs an experiment of the optimization tutorials and writes a report.")
        {
            options._experiment, options._output, options._seeds, options._seed, options._epochs, options._rows, options._dataDirectory,
            options._fullGrid, options._quick, options._backend, options._threads, options._json,
        };
        command.SetAction(parsed =>
            TutorialAction.Run(parsed.GetValue(options._experiment)!, options.Read(parsed), terminal, cancellation));
        return command;
    }

    private TutorialSettings Read(ParseResult parsed) => new()
    {
        Output = parsed.GetValue(_output),
        Seeds = parsed.GetValue(_seeds),
        Seed = parsed.GetValue(_seed) ?? 1,
        Epochs = parsed.GetValue(_epochs),
        Rows = parsed.GetValue(_rows),
        DataDirectory = parsed.GetValue(_dataDirectory),
        FullGrid = parsed.GetValue(_fullGrid),
        Quick = parsed.GetValue(_quick),
        Json = parsed.GetValue(_json),
        Backend = Enum.Parse<BackendKind>(parsed.GetValue(_backend) ?? "auto", ignoreCase: true),
        Threads = parsed.GetValue(_threads),
    };
}
