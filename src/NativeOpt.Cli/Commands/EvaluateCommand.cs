using System.CommandLine;
using NativeOpt.Cli.Display;
using NativeOpt.Cli.Loading;
using NativeOpt.Cli.Models;

namespace NativeOpt.Cli.Commands;

/// <summary>`nativeopt evaluate`: the model, the data, and the measuring itself.</summary>
internal sealed class EvaluateCommand
{
    private readonly Argument<string> _model = CommonOptions.Model();

    private readonly DataOptions _data = new();

    private readonly Option<string?> _part = OptionValue.Choice("--part",
        "Rows of a data set that are measured [default: test]; of a table it is all of them", "test", "train");

    private readonly Option<int?> _batchSize = OptionValue.Whole("--batch-size", "Samples measured together [default: 256]", 1, 1_000_000);

    private readonly Option<string?> _backend = CommonOptions.Backend();

    private readonly Option<int?> _threads = CommonOptions.Threads();

    private readonly Option<bool> _json = new("--json") { Description = "The numbers as JSON" };

    /// <summary>The command.</summary>
    /// <param name="terminal">Where it writes to.</param>
    public static Command Create(Terminal terminal)
    {
        var options = new EvaluateCommand();
        var command = new Command("evaluate", "Measures loss and metrics of a saved model.") { options._model };
        foreach (Option option in (IEnumerable<Option>)
            [.. options._data.ForModel, options._part, options._batchSize, options._backend, options._threads, options._json])
            command.Options.Add(option);
        command.SetAction(parsed => EvaluateAction.Run(options.Read(parsed), terminal));
        return command;
    }

    private EvaluateSettings Read(ParseResult parsed)
    {
        DataChoice data = _data.Read(new GivenOptions(parsed));
        if (data.Csv is not null)
            data = data with { TestSplit = 0 };
        if (!data.IsGiven)
            throw new InputException("there is nothing to measure on: --dataset, --csv or --npz says what");
        return new EvaluateSettings
        {
            Model = parsed.GetValue(_model)!,
            Data = data,
            Train = parsed.GetValue(_part) == "train",
            BatchSize = parsed.GetValue(_batchSize) ?? 256,
            Backend = CommonOptions.ReadBackend(parsed.GetValue(_backend)),
            Threads = parsed.GetValue(_threads),
            Json = parsed.GetValue(_json),
        };
    }
}
