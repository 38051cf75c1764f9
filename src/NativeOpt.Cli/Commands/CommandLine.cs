using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using NativeOpt.Cli.Display;

namespace NativeOpt.Cli.Commands;

/// <summary>The whole program: arguments in, exit code out.</summary>
internal static class CommandLine
{
    private const string VerboseVariable = "NATIVEOPT_VERBOSE";

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">Without the program's name.</param>
    /// <param name="terminal">Where everything is written to.</param>
    /// <param name="cancellation">Ends a command early; <see cref="OperationCanceledException"/> then reaches the caller.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellation)
    {
        try
        {
            // No response files: a name may begin with '@'.
            var parser = new ParserConfiguration { ResponseFileTokenReplacer = null };
            // "help compare" is what many type for "compare --help".
            IReadOnlyList<string> line = arguments.Count > 0 && arguments[0] == "help" ? [.. arguments.Skip(1), "--help"] : arguments;
            ParseResult parsed = CreateRoot(terminal, cancellation).Parse(line, parser);
            if (parsed.Action is ParseErrorAction)
                return Refuse(terminal, ParseComplaints.Of(parsed), parsed.CommandResult.Command);
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (InputException e)
        {
            return Refuse(terminal, [e.Message], command: null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            bool verbose = Environment.GetEnvironmentVariable(VerboseVariable) is { Length: > 0 } and not "0";
            string hint = verbose ? "" : $" ({VerboseVariable}=1 shows where)";
            terminal.Error.WriteLine(verbose ? $"error: {e}" : $"error: {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}{hint}");
            return ExitCode.Failure;
        }
    }

    private static RootCommand CreateRoot(Terminal terminal, CancellationToken cancellation)
    {
        var root = new RootCommand("Trains dense networks with several optimizers and shows how they compare.")
        {
            TrainCommand.Create(terminal, cancellation),
            EvaluateCommand.Create(terminal),
            PredictCommand.Create(terminal, cancellation),
            LearningRateCommand.Create(terminal),
            CompareCommand.Create(terminal, cancellation),
            ReplayCommand.Create(terminal, cancellation),
            DataCommand.Create(terminal, cancellation),
            ScheduleCommand.Create(terminal),
            TutorialCommand.Create(terminal, cancellation),
            BenchCommand.Create(terminal, cancellation),
            InfoCommand.Create(terminal),
        };
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        var help = new HelpWithExamples((HelpAction)option.Action!);
        option.Action = help;
        root.Options.OfType<VersionOption>().Single().Action = new PrintVersion();
        root.SetAction(parsed =>
        {
            help.Invoke(parsed);
            return ExitCode.BadInput;
        });
        return root;
    }

    private static int Refuse(Terminal terminal, IEnumerable<string> complaints, Command? command)
    {
        foreach (string complaint in complaints)
            terminal.Error.WriteLine($"error: {complaint}");
        if (command is not null)
            terminal.Error.WriteLine($"`nativeopt {PathOf(command)}--help` shows what there is.");
        return ExitCode.BadInput;
    }

    /// <summary>"data get ": what leads to a command; empty for the root.</summary>
    public static string PathOf(Command command) => command is RootCommand
        ? ""
        : string.Concat(command.Parents.OfType<Command>().Select(PathOf)) + command.Name + " ";
}
