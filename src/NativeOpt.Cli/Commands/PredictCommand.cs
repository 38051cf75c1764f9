using System.CommandLine;
using NativeOpt.Cli.Display;
using NativeOpt.Cli.Loading;
using NativeOpt.Cli.Models;

namespace NativeOpt.Cli.Commands;

/// <summary>`nativeopt predict`: the model, the table, options, and the predictions themselves.</summary>
internal sealed class PredictCommand
{
    private readonly Argument<string> _model = CommonOptions.Model();

    private readonly Argument<string> _input = new("input")
    {
        Description = "Table with the columns that the model was trained on, compressed (gzip) or not; -: the standard input",
        Arity = ArgumentArity.ExactlyOne,
    };

    private readonly Option<string?> _output = OptionValue.Words("--output",
        "File for the predictions [default: the standard output]", "file");

    private readonly Option<string[]?> _keep = OptionValue.Names("--keep",
        "Columns of the table that the predictions begin with", "columns");

    private readonly Option<bool> _probabilities = new("--probabilities") { Description = "A probability for each class" };

    private readonly TableOptions _table = new();

    private readonly Option<string?> _backend = CommonOptions.Backend();

    private readonly Option<int?> _threads = CommonOptions.Threads();

    private readonly Option<bool> _json = new("--json") { Description = "Each row as a JSON object, one a line" };

    /// <summary>The command.</summary>
    /// <param name="terminal">Where it reads from and writes to.</param>
    /// <param name="cancellation">Ends it between two blocks of rows.</param>
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var options = new PredictCommand();
        options._output.Aliases.Add("-o");
        var command = new Command("predict", "Predicts the rows of a table, one after the other.")
        {
            options._model, options._input, options._output, options._keep, options._probabilities, options._backend, options._threads,
            options._json,
        };
        foreach (Option option in options._table.All)
            command.Options.Add(option);
        command.SetAction(parsed => PredictAction.Run(options.Read(parsed), terminal, cancellation));
        return command;
    }

    private PredictSettings Read(ParseResult parsed) => new()
    {
        Model = parsed.GetValue(_model)!,
        Input = parsed.GetValue(_input)!,
        Output = parsed.GetValue(_output) ?? CsvRows.Standard,
        Keep = parsed.GetValue(_keep) ?? [],
        Probabilities = parsed.GetValue(_probabilities),
        Table = _table.Read(new GivenOptions(parsed)),
        Backend = CommonOptions.ReadBackend(parsed.GetValue(_backend)),
        Threads = parsed.GetValue(_threads),
        Json = parsed.GetValue(_json),
    };
}
