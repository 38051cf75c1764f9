using System.CommandLine;
using NativeOpt.Cli.Display;
using NativeOpt.Cli.Replay;

namespace NativeOpt.Cli.Commands;

/// <summary>`nativeopt replay`: files, options, and the run itself.</summary>
internal sealed class ReplayCommand
{
    /// <summary>What it is called by.</summary>
    public const string Name = "replay";

    private readonly Argument<string[]> _files = new("file")
    {
        Description = $"Files of the schema {GoldenFile.Schema}",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _backend = OptionValue.Choice("--backend",
        "What computes [default: auto, which is native where the library can be loaded]", "auto", "native", "managed", "both");

    private readonly Option<string?> _isa = OptionValue.Choice("--isa",
        "Instruction set of the native kernels; all: every one this processor has [default: the best]",
        [.. ReplayTargets.IsaNames, "all"]);

    private readonly Option<string?> _precision = OptionValue.Choice("--precision",
        "double: the managed reference against doubles, to within 1e-11 for optimizers [default: float]", "float", "double");

    private readonly Option<string?> _filter = OptionValue.Words("--filter",
        "Only cases whose name matches, with * and ?", "pattern");

    private readonly Option<string?> _dataDirectory = OptionValue.Words("--data-dir",
        "Folder with data sets that cases train on [default: those of the system and of the program]", "folder");

    private readonly Option<bool> _json = new("--json") { Description = "The result as JSON" };

    /// <summary>The command.</summary>
    /// <param name="terminal">Where it writes to.</param>
    /// <param name="cancellation">Ends a training.</param>
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var options = new ReplayCommand();
        var command = new Command(Name, "Replays what another library computed and says how near the results are.")
        {
            options._files, options._backend, options._isa, options._precision, options._filter, options._dataDirectory, options._json,
        };
        command.SetAction(parsed => ReplayAction.Run(options.Read(parsed, cancellation), terminal));
        return command;
    }

    private ReplaySettings Read(ParseResult parsed, CancellationToken cancellation) => new()
    {
        Files = parsed.GetValue(_files) ?? [],
        Targets = ReplayTargets.Choose(parsed.GetValue(_backend), parsed.GetValue(_isa), parsed.GetValue(_precision)),
        Filter = parsed.GetValue(_filter),
        Json = parsed.GetValue(_json),
        Options = new ReplayOptions { DataDirectory = parsed.GetValue(_dataDirectory), Cancellation = cancellation },
    };
}
