using System.CommandLine;
using System.CommandLine.Parsing;
using NativeOpt.Text;

namespace NativeOpt.Cli.Commands;

/// <summary>What is wrong with a command line, in sentences.</summary>
internal static class ParseComplaints
{
    public static IEnumerable<string> Of(ParseResult parsed)
    {
        bool afterUnknownOption = false;
        foreach (string token in parsed.UnmatchedTokens)
        {
            // What follows an unknown option is most likely its value: one complaint is enough for both.
            bool option = token.StartsWith('-');
            if (option || !afterUnknownOption)
                yield return Unknown(token, parsed.CommandResult.Command);
            afterUnknownOption = option && !token.Contains('=', StringComparison.Ordinal);
        }
        foreach (ParseError error in parsed.Errors)
            if (!parsed.UnmatchedTokens.Any(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal)))
                yield return error.Message;
    }

    /// <summary>"unknown option '--epoch' of compare; did you mean '--epochs'? Known: ...".</summary>
    private static string Unknown(string token, Command command)
    {
        bool option = token.StartsWith('-');
        string[] known = [.. option ? command.Options.Select(o => o.Name) : command.Subcommands.Select(c => c.Name)];
        if (known.Length == 0)
            return $"'{token}' cannot be used: {command.Name} takes options only";
        string what = option ? command.Parents.Any() ? $"option of {command.Name}" : "option" : "command";
        return NearestName.Explain(what, token.Split('=')[0], known);
    }
}
