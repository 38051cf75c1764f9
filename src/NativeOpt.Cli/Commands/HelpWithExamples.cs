using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using NativeOpt.Cli.Comparison;

namespace NativeOpt.Cli.Commands;

/// <summary>The usual help, and below it examples and what the exit codes mean.</summary>
internal sealed class HelpWithExamples(HelpAction inner) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = inner.Invoke(parseResult);
        Command command = parseResult.CommandResult.Command;
        if (command.Name == CompareCommand.Name)
            parseResult.InvocationConfiguration.Output.Write(CompareNotes().ReplaceLineEndings());
        if (command.Name == TutorialCommand.Name)
            parseResult.InvocationConfiguration.Output.Write(TutorialNotes().ReplaceLineEndings());
        parseResult.InvocationConfiguration.Output.Write(HelpExamples.Of(CommandLine.PathOf(command).TrimEnd()).ReplaceLineEndings());
        return code;
    }

    private static string TutorialNotes() =>
        $"Experiments:\n  {string.Join("\n  ", TutorialWords.Lines(json: false))}\n\n";

    private static string CompareNotes() => $"""
        Optimizers and their settings, with the defaults:
          {string.Join("\n  ", OptimizerSettings.Describe())}

        The last fifteenth of the training data (1/15) is held out for validation. Before the first run a throw-away network
        is trained for a moment, untimed, so that the first epoch is not slower than the others.


        """;
}
