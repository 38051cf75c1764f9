using System.CommandLine;
using NativeOpt.Cli.Display;

namespace NativeOpt.Cli.Commands;

/// <summary>`nativeopt data`: which data sets there are, and how to get them.</summary>
internal sealed class DataCommand
{
    private readonly Argument<string> _name = new("name")
    {
        Description = $"Data set: {string.Join(", ", Datasets.Names)}",
        Arity = ArgumentArity.ExactlyOne,
    };

    private readonly Option<string?> _folder = OptionValue.Words("--folder",
        "Folder for the files [default: where the library looks for them]", "folder");

    private readonly Option<string?> _from = OptionValue.Words("--from",
        "Address of a mirror (https), or a folder with the files [default: where the authors publish them]", "place");

    private readonly Option<bool> _json = new("--json") { Description = "The result as JSON" };

    /// <summary>The command with its subcommands.</summary>
    /// <param name="terminal">Where it writes to.</param>
    /// <param name="cancellation">Ends a download.</param>
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var options = new DataCommand();
        options._name.CompletionSources.Add([.. Datasets.Names]);
        var get = new Command("get", "Downloads a data set and checks it.")
        {
            options._name, options._folder, options._from, options._json,
        };
        get.SetAction(parsed => DataGetAction.Run(options.Read(parsed), terminal, cancellation));

        var json = new Option<bool>("--json") { Description = "The same as JSON" };
        var list = new Command("list", "Lists the data sets and where they are.") { json };
        list.SetAction(parsed => DataListAction.Run(parsed.GetValue(json), terminal));
        return new Command("data", "Lists data sets, and downloads those that are not part of the program.") { get, list };
    }

    private DataGetSettings Read(ParseResult parsed) => new()
    {
        Name = parsed.GetValue(_name)!,
        Folder = parsed.GetValue(_folder),
        From = parsed.GetValue(_from),
        Json = parsed.GetValue(_json),
    };
}
